import type { Page } from 'playwright-core';
import { QUICK } from '../../src/ui/desk/people/quick.ts';

/** Taps as a person does, and counts them. */
export class Tapper {
  count = 0;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async tap(selector: string): Promise<void> {
    this.count += 1;
    await this.#page.click(selector);
  }

  async through(selectors: readonly string[]): Promise<void> {
    for (const selector of selectors) await this.tap(selector);
  }

  /**
   * Records each quick outcome for the person whose line is on the page, going back to the list in between.
   * @returns taps and milliseconds from the line to "recorded", by outcome
   */
  async quickOutcomes(entry: string) {
    const kinds: Record<string, number> = {};
    const took: Record<string, number> = {};
    for (const why of QUICK) {
      this.count = 0;
      const since = performance.now();
      await this.tap(`[data-entry="${entry}"]`);
      await this.tap(`[data-why="${why}"]`);
      await this.#page.waitForSelector('[data-testid="next-step"]');
      await this.tap('[data-testid="record"]');
      await this.#page.waitForSelector('[data-testid="recorded"]');
      kinds[why] = this.count;
      took[why] = Math.round(performance.now() - since);
      await this.#page.click('[data-testid="to-list"]');
    }
    return { kinds, took };
  }
}
