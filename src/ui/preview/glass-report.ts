/** What a page is measured against; lengths in millimetres of the real glass. */
export interface GlassRules {
  readonly widthMm: number;
  /** Viewing distance over 60 cm: letters may shrink with it, touch targets may not. */
  readonly near: number;
}

/** What was measured on one page. */
export interface GlassReport {
  /** What breaks the rules, in words. */
  readonly breaches: readonly string[];
  readonly smallestTargetMm: number;
  readonly smallestLetterMm: number;
  /** WCAG contrast of letters against what is behind them, the smallest. */
  readonly smallestContrast: number;
}
