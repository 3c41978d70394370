import type { GlassReport, GlassRules } from './glass-report.ts';

/** Capital height of Noto Sans Thai Looped, em. */
const CAPITAL = 0.714;
const ROUNDING_MM = 0.05;

type Box = Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom' | 'width' | 'height'>;

/**
 * Measures the citizen's page that is up against the rules of the glass.
 * The preview page offers it on its console and to the screenshot test.
 */
export function breachesOnGlass({ widthMm, near }: GlassRules): GlassReport {
  const breaches: string[] = [];
  const mm = (px: number) => (px * widthMm) / innerWidth;
  const atLeast = (what: string, isMm: number, leastMm: number) => {
    if (isMm < leastMm - ROUNDING_MM) breaches.push(`${what}: ${isMm.toFixed(1)} mm, needs ${leastMm.toFixed(1)} mm`);
  };
  const { targets, choices } = measureTargets(mm, atLeast);
  if (new Set(choices.map(({ width, height }) => `${mm(width).toFixed(1)}×${mm(height).toFixed(1)}`)).size > 1) {
    breaches.push('answers of the same weight differ in size');
  }
  const letters = measureLetters(mm, near, atLeast, breaches);
  measurePlaces(mm, breaches);
  return {
    breaches,
    smallestTargetMm: Math.min(...targets.flatMap(({ width, height }) => [mm(width), mm(height)])),
    ...letters,
  };
}

const name = (element: Element) =>
  `${element.getAttribute('class') || element.tagName} "${element.textContent?.slice(0, 24)}"`;
const all = (selector: string) =>
  [...document.querySelectorAll<HTMLElement>(selector)].filter(
    (one) => one.getClientRects().length > 0 && !isHidden(one),
  );
/** Off the glass on purpose: for a screen reader alone. */
const isHidden = (element: Element) => {
  for (let at: Element | null = element; at; at = at.parentElement) {
    if (getComputedStyle(at).clipPath === 'inset(50%)') return true;
  }
  return false;
};

type AtLeast = (what: string, isMm: number, leastMm: number) => void;

/** Targets and the gaps between them. */
function measureTargets(mm: (px: number) => number, atLeast: AtLeast) {
  const buttons = all('button').map((button) => ({ button, box: button.getBoundingClientRect() as Box }));
  for (const { button, box } of buttons) {
    const isPrimary = button.classList.contains('primary') && !button.closest('.portrait[data-sheet] .answers');
    const isChoice = button.classList.contains('choice');
    const isHandheld = button.closest('.portrait') !== null;
    atLeast(`width of ${name(button)}`, mm(box.width), isPrimary ? 60 : isChoice ? 30 : 20);
    atLeast(`height of ${name(button)}`, mm(box.height), (isPrimary || isChoice) && !isHandheld ? 25 : 20);
  }
  for (const [i, one] of buttons.entries()) {
    for (const other of buttons.slice(i + 1)) {
      const across = Math.max(one.box.left - other.box.right, other.box.left - one.box.right);
      const down = Math.max(one.box.top - other.box.bottom, other.box.top - one.box.bottom);
      atLeast(`gap between ${name(one.button)} and ${name(other.button)}`, mm(Math.max(across, down)), 5);
    }
  }
  const choices = buttons.filter(({ button }) => button.classList.contains('choice'));
  return { targets: buttons.map(({ box }) => box), choices: choices.map(({ box }) => box) };
}

/** Letters: how high, how far apart, how they stand out, and where they break. */
function measureLetters(mm: (px: number) => number, near: number, atLeast: AtLeast, breaches: string[]) {
  let smallestLetterMm = Number.POSITIVE_INFINITY;
  let smallestContrast = Number.POSITIVE_INFINITY;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!element || !walker.currentNode.textContent?.trim() || isHidden(element)) continue;
    if (element.getClientRects().length === 0) continue;
    const { fontSize, lineHeight } = getComputedStyle(element);
    const sizeMm = mm(Number.parseFloat(fontSize));
    smallestLetterMm = Math.min(smallestLetterMm, sizeMm);
    const leastCapital = element.closest('.main:not(.long)') ? 7.3 : element.closest('.help, .main') ? 6 : 4;
    atLeast(`capitals of ${name(element)}`, sizeMm * CAPITAL, leastCapital * near);
    atLeast(`letters of ${name(element)}`, sizeMm, 4);
    const isFigure = element.closest('.dot') !== null;
    if (!isFigure && Number.parseFloat(lineHeight) < 1.49 * Number.parseFloat(fontSize)) {
      breaches.push(`line height of ${name(element)}: ${lineHeight} at ${fontSize}`);
    }
    const contrast = contrastOf(element);
    smallestContrast = Math.min(smallestContrast, contrast);
    if (contrast < 4.5) breaches.push(`contrast of ${name(element)}: ${contrast.toFixed(1)}`);
  }
  // English shows its words by spaces, so large letters may break a phrase there; Thai does not.
  const mayBreak = document.documentElement.lang === 'en' && all('.kiosk:not([data-text="1"])').length > 0;
  for (const phrase of mayBreak ? [] : all('.phrase')) {
    const line = Number.parseFloat(getComputedStyle(phrase).lineHeight);
    if (phrase.offsetHeight > 1.5 * line) breaches.push(`broken inside a phrase: ${name(phrase)}`);
  }
  return { smallestLetterMm, smallestContrast };
}

/** Nothing runs out of the glass, out of its own box, or over something else. */
function measurePlaces(mm: (px: number) => number, breaches: string[]): void {
  const boxes = all(
    'button, .main, .help, .other, .notice li, .step, .card-progress, .receipt, .stage .art, .oval, .ring, .bedside-head, .page-dots, .pointing li',
  );
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
  for (const piece of all('button span, .phrase, .step-name, .say, .receipt-words, .purpose')) {
    const box = piece.closest('button, .receipt, .stage, .head')?.getBoundingClientRect();
    const { left, right, top, bottom } = piece.getBoundingClientRect();
    if (!box || left < box.left - 0.5 || right > box.right + 0.5 || top < box.top - 0.5 || bottom > box.bottom + 0.5) {
      breaches.push(`runs out of its place: ${name(piece)}`);
    }
  }
  const { scrollWidth, scrollHeight } = document.documentElement;
  if (scrollWidth > innerWidth || scrollHeight > innerHeight) breaches.push('the page scrolls');
}

/** WCAG 2.2 contrast ratio of an element's letters against the nearest plain background. */
function contrastOf(element: Element): number {
  let behind = 'rgb(255, 255, 255)';
  for (let at: Element | null = element; at; at = at.parentElement) {
    const { backgroundColor } = getComputedStyle(at);
    if (!/^rgba\(.*, 0\)$/.test(backgroundColor)) {
      behind = backgroundColor;
      break;
    }
  }
  const [a, b] = [luminance(getComputedStyle(element).color), luminance(behind)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** Relative luminance, WCAG 2.2. */
function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = (color.match(/[\d.]+/g) ?? []).slice(0, 3).map((text) => {
    const share = Number(text) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
