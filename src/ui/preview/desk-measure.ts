/** What the operator's desk is held to on one glass, and the smallest that was met; millimetres of the real glass. */
export interface DeskMeasure {
  readonly breaches: readonly string[];
  /** Shorter side of the smallest thing that is touched. */
  readonly targetMm: number;
  readonly letterMm: number;
}
