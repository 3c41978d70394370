import type { FieldNote } from './field-event.ts';

type Withdrawn = Extract<FieldNote, { kind: 'consent-withdrawn' }>;

/** Of whom, by entry and by pseudonym. */
interface Keys {
  readonly entries: readonly string[];
  readonly subject: string | null;
}

/** Consents that were taken back here: the last time of each. */
export class Withdrawals {
  readonly #byKey = new Map<string, Map<string, { readonly at: string; readonly order: number }>>();

  /** @param order place in the order of events: a clock may be wrong */
  take({ entry, subject, purpose }: Withdrawn, at: string, order: number): void {
    for (const key of [entry, subject]) {
      if (key === null) continue;
      const purposes = this.#byKey.get(key) ?? new Map();
      this.#byKey.set(key, purposes.set(purpose, { at, order }));
    }
  }

  /** The last of each purpose. */
  of({ entries, subject }: Keys): ReadonlyMap<string, { readonly at: string; readonly order: number }> {
    const last = new Map<string, { readonly at: string; readonly order: number }>();
    // Nearly everybody: nothing was ever taken back.
    if (this.#byKey.size === 0) return last;
    for (const key of [...entries, ...(subject === null ? [] : [subject])])
      for (const [purpose, one] of this.#byKey.get(key) ?? [])
        if (one.order > (last.get(purpose)?.order ?? -1)) last.set(purpose, one);
    return last;
  }
}
