import type { PastOutcome, Refusal } from '../kiosk/desk-protocol.ts';

/** As long as a hand may bounce on the glass, and a page may ask again after a lost answer. */
const SAME_FOR_MS = 10_000;

/** The last outcome that staff recorded without a card: a second tap is no second visit. In memory only. */
export class RecentRecord {
  #last: { readonly of: string; readonly atMs: number; readonly answer: Promise<PastOutcome | Refusal> } | undefined;

  /**
   * Records, or gives what was just recorded of the same, while it is still under way too. What was refused may be tried again.
   * @param of for whom and what
   */
  async once(of: string, nowMs: number, record: () => Promise<PastOutcome | Refusal>): Promise<PastOutcome | Refusal> {
    // The wall clock may be set backwards meanwhile.
    if (this.#last?.of === of && Math.abs(nowMs - this.#last.atMs) < SAME_FOR_MS) return await this.#last.answer;
    const mine = { of, atMs: nowMs, answer: record() };
    this.#last = mine;
    const forget = () => {
      if (this.#last === mine) this.#last = undefined;
    };
    try {
      const answer = await mine.answer;
      if ('refused' in answer) forget();
      return answer;
    } catch (error) {
      forget();
      throw error;
    }
  }
}
