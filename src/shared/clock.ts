/** Wall time and monotonic time, passed in so that tests decide what time it is. */
export interface Clock {
  now(): Date;
  /** Milliseconds that never go back within one start of the machine. */
  monotonicMs(): number;
  /** Changes with every start of the machine. */
  readonly bootId: string;
  /** `unsynced` means that a date on a card must not be judged by this clock alone. */
  readonly state: 'synced' | 'unsynced';
  /** When a time server last set it, ISO, or `null` where that is not known. */
  readonly setAt: string | null;
}
