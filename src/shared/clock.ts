/** Wall time and monotonic time, passed in so that tests decide what time it is. */
export interface Clock {
  now(): Date;
  /** Milliseconds that never go back, from an arbitrary start. */
  monotonicMs(): number;
  /** `unsynced` means that a date on a card must not be judged by this clock alone. */
  readonly state: 'synced' | 'unsynced';
}
