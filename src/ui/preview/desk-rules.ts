import type { DeskMeasure } from './desk-measure.ts';

/** Shorter side of what is touched: anything, and what a page is for. */
const LEAST = { any: 12, primary: 20, key: 17, letter: 4 } as const;
const ROUNDING_MM = 0.05;

/** Measures the desk that is up. The preview page offers it on its console and to the browser test. */
export function measureDesk(widthMm: number): DeskMeasure {
  const breaches: string[] = [];
  const mm = (px: number) => (px * widthMm) / innerWidth;
  const name = (element: Element) => `${element.className || element.tagName} "${element.textContent?.slice(0, 24)}"`;
  const scope = document.querySelector('dialog[open]') ?? document.querySelector('.desk') ?? document.body;
  const all = (selector: string) =>
    [...scope.querySelectorAll<HTMLElement>(selector)].filter((one) => one.getClientRects().length > 0);
  let targetMm = Number.POSITIVE_INFINITY;
  let letterMm = Number.POSITIVE_INFINITY;

  const targets = all('button, input, select, textarea, a');
  for (const target of targets) {
    const { width, height, left, right } = target.getBoundingClientRect();
    const side = mm(Math.min(width, height));
    const { classList } = target;
    const least = classList.contains('primary') ? LEAST.primary : classList.contains('key') ? LEAST.key : LEAST.any;
    targetMm = Math.min(targetMm, side);
    if (side < least - ROUNDING_MM) breaches.push(`${name(target)}: ${side.toFixed(1)} mm, needs ${least}`);
    if (left < -0.5 || right > innerWidth + 0.5) breaches.push(`runs off the glass: ${name(target)}`);
    if (target.tagName === 'BUTTON' && target.scrollWidth > target.clientWidth + 1) {
      breaches.push(`runs out of its box: ${name(target)}`);
    }
  }
  // A pin of the map or a button may touch no other.
  for (const [i, one] of targets.entries()) {
    const a = one.getBoundingClientRect();
    for (const other of targets.slice(i + 1)) {
      if (one.contains(other) || other.contains(one) || one.closest('.desk-main') !== other.closest('.desk-main'))
        continue;
      const b = other.getBoundingClientRect();
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 1 && down > 1) breaches.push(`${name(one)} lies over ${name(other)}`);
    }
  }

  const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!element || !walker.currentNode.textContent?.trim() || element.closest('.sr-only, option, .dot-now')) continue;
    const { fontSize, lineHeight } = getComputedStyle(element);
    const size = mm(Number.parseFloat(fontSize));
    letterMm = Math.min(letterMm, size);
    if (size < LEAST.letter - ROUNDING_MM) breaches.push(`letters of ${name(element)}: ${size.toFixed(1)} mm`);
    if (Number.parseFloat(lineHeight) < 1.49 * Number.parseFloat(fontSize)) breaches.push(`lines of ${name(element)}`);
  }
  for (const box of all('.desk-main, .desk-bar, .card, .sheet-body, .line, .map, .figures > div, h1, h2, p, dd')) {
    if (box.scrollWidth > box.clientWidth + 1) breaches.push(`runs out sideways: ${name(box)}`);
  }
  if (document.documentElement.scrollWidth > innerWidth) breaches.push('the page scrolls sideways');
  return { breaches, targetMm, letterMm };
}
