/** What a page is measured against; lengths in millimetres of the real glass. */
export interface GlassRules {
  readonly widthMm: number;
  /** Viewing distance over 60 cm: letters may shrink with it, touch targets may not. */
  readonly near: number;
}

/**
 * Measures the citizen's page that is up against the rules of the glass and returns what breaks them, in words.
 * The preview page offers it on its console and to the screenshot test.
 */
export function breachesOnGlass({ widthMm, near }: GlassRules): string[] {
  /** Capital height of Noto Sans Thai Looped, em. */
  const CAPITAL = 0.714;
  const ROUNDING_MM = 0.05;
  const breaches: string[] = [];
  const mm = (px: number) => (px * widthMm) / innerWidth;
  const atLeast = (what: string, isMm: number, leastMm: number) => {
    if (isMm < leastMm - ROUNDING_MM) breaches.push(`${what}: ${isMm.toFixed(1)} mm, needs ${leastMm.toFixed(1)} mm`);
  };
  const name = (element: Element) => `${element.className || element.tagName} "${element.textContent?.slice(0, 24)}"`;
  const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];

  // Targets and the gaps between them.
  const buttons = all('button');
  for (const button of buttons) {
    const { width, height } = button.getBoundingClientRect();
    const isPrimary = button.classList.contains('primary');
    atLeast(`width of ${name(button)}`, mm(width), isPrimary ? 60 : 20);
    atLeast(`height of ${name(button)}`, mm(height), isPrimary ? 25 : 20);
  }
  for (const [i, one] of buttons.entries()) {
    for (const other of buttons.slice(i + 1)) {
      const a = one.getBoundingClientRect();
      const b = other.getBoundingClientRect();
      const across = Math.max(a.left - b.right, b.left - a.right);
      const down = Math.max(a.top - b.bottom, b.top - a.bottom);
      atLeast(`gap between ${name(one)} and ${name(other)}`, mm(Math.max(across, down)), 5);
    }
  }

  // Letters.
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!element || !walker.currentNode.textContent?.trim() || element.closest('.sr-only')) continue;
    const { fontSize, lineHeight } = getComputedStyle(element);
    const sizeMm = mm(Number.parseFloat(fontSize));
    const leastCapital = element.closest('.main') ? 7.3 : element.closest('.help') ? 6 : 4;
    atLeast(`capitals of ${name(element)}`, sizeMm * CAPITAL, leastCapital * near);
    atLeast(`letters of ${name(element)}`, sizeMm, 4);
    const isFigure = element.closest('.dot') !== null;
    if (!isFigure && Number.parseFloat(lineHeight) < 1.49 * Number.parseFloat(fontSize)) {
      breaches.push(`line height of ${name(element)}: ${lineHeight} at ${fontSize}`);
    }
  }
  for (const phrase of all('.phrase')) {
    const line = Number.parseFloat(getComputedStyle(phrase).lineHeight);
    if (phrase.offsetHeight > 1.5 * line) breaches.push(`broken inside a phrase: ${name(phrase)}`);
  }

  // Nothing runs out of the glass, out of its own box, or over something else.
  const boxes = all('button, .main, .help, .notice li, .step, .card-progress, .receipt, .art, .oval');
  for (const [i, one] of boxes.entries()) {
    const a = one.getBoundingClientRect();
    const isOut = a.left < 0 || a.top < 0 || a.right > innerWidth + 0.5 || a.bottom > innerHeight + 0.5;
    if (isOut) breaches.push(`runs off the glass: ${name(one)}`);
    if (one.scrollWidth > one.clientWidth + 1) breaches.push(`runs out of its box: ${name(one)}`);
    for (const other of boxes.slice(i + 1)) {
      if (one.contains(other) || other.contains(one)) continue;
      const b = other.getBoundingClientRect();
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 0.5 && down > 0.5)
        breaches.push(`${name(one)} lies over ${name(other)} by ${mm(down).toFixed(1)} mm`);
    }
  }
  for (const piece of all('button span, .phrase, .step-name, .say, .receipt p')) {
    const box = piece.closest('button, .receipt, .stage, .head')?.getBoundingClientRect();
    const { left, right, top, bottom } = piece.getBoundingClientRect();
    if (!box || left < box.left - 0.5 || right > box.right + 0.5 || top < box.top - 0.5 || bottom > box.bottom + 0.5) {
      breaches.push(`runs out of its place: ${name(piece)}`);
    }
  }
  const { scrollWidth, scrollHeight } = document.documentElement;
  if (scrollWidth > innerWidth || scrollHeight > innerHeight) breaches.push('the page scrolls');
  return breaches;
}
