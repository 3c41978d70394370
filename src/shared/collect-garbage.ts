/**
 * Gives back what is not used any more, at once instead of some day: buffers that frames, messages and templates passed through
 * would else lie about for minutes. Freed memory is overwritten by the C library (`MALLOC_PERTURB_`, set by `scripts/thuengban`).
 * Does nothing where Node runs without `--expose-gc`.
 */
export async function collectGarbage(): Promise<void> {
  await globalThis.gc?.({ type: 'major', execution: 'async' });
}
