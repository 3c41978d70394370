/** Frames to wait for something to tap before giving up. */
const PATIENCE = 240;

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/**
 * Taps through a preview to the state that is to be looked at, then marks the page as settled.
 * @param selectors tapped one after the other, each as soon as it is there; `SELECTOR := TEXT` types into a field
 * @param isQuiet no question is under way
 */
export async function tapThrough(selectors: readonly string[], isQuiet: () => boolean): Promise<void> {
  for (const selector of selectors) {
    for (let left = PATIENCE; left > 0; left -= 1) {
      await frame();
      const [where = '', typed] = selector.split(' := ');
      const target = isQuiet() ? document.querySelector<HTMLElement>(where) : null;
      if (!target) continue;
      if (typed !== undefined && target instanceof HTMLInputElement) {
        target.value = typed;
        target.dispatchEvent(new Event('input', { bubbles: true }));
      } else target.click();
      break;
    }
  }
  for (let quiet = 0; quiet < 3; ) {
    await frame();
    quiet = isQuiet() ? quiet + 1 : 0;
  }
  document.documentElement.dataset['settled'] = 'true';
}
