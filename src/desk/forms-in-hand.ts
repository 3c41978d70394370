import type { OfficerAnswer } from '../visit/types.ts';

/** Paper forms that are being entered now: in memory only, until they are in the journal. */
export class FormsInHand {
  #first: { readonly of: string; readonly answer: OfficerAnswer } | undefined;
  readonly #entering = new Set<string>();

  /** A form is taken up anew: what somebody has answered for one before does not count. */
  begin(): void {
    this.#first = undefined;
  }

  /**
   * An officer answers for what a form says.
   * @param of everything that it says: an answer to something else is not one to this
   * @param isSame whether the officer who answers is this one
   * @returns both answers, or `waiting` for the second
   */
  answered(
    of: string,
    answer: OfficerAnswer,
    isSame: (staff: string) => boolean,
  ): readonly [OfficerAnswer, OfficerAnswer] | 'waiting' | 'same-officer' {
    const first = this.#first?.of === of ? this.#first.answer : undefined;
    if (!first) {
      this.#first = { of, answer };
      return 'waiting';
    }
    return isSame(first.staff) ? 'same-officer' : [first, answer];
  }

  /** Does something with a form that may be done once; `undefined` = somebody is at it this moment, as by a second tap. */
  async once<T>(serial: string, work: () => Promise<T>): Promise<T | undefined> {
    if (this.#entering.has(serial)) return undefined;
    this.#entering.add(serial);
    try {
      return await work();
    } finally {
      this.#entering.delete(serial);
    }
  }
}
