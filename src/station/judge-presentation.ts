import type { FaceScanner, ScannerFinding, ScannerVerdict } from '../peripherals/face-scanner/port.ts';
import { type ComparedFrame, joinWindows, verdictOver } from '../peripherals/face-scanner/verdict-window.ts';
import { pause } from '../shared/wait.ts';
import type { AttackPart, AttackVerdict, HintId } from '../visit/types.ts';

/** The module's part in one capture: it judges again and again, so that every probe falls into some verdict's window. */
export interface PresentationJudgement {
  /**
   * Lets the judgement that runs come to its end and starts no other.
   * @returns the module's verdict over these frames
   * @throws the reason of the signal that the judging was started with
   */
  over(frames: readonly ComparedFrame[]): Promise<AttackVerdict>;
  /**
   * What stands in the module's way at this moment, or `null`: its lens must like the face too, since without its verdict
   * nothing is verified. A finding older than {@link HINT_MS} says nothing.
   * @param atMs monotonic
   */
  hint(atMs: number): HintId | null;
  /** Stops at once; what was judged does not matter any more. */
  stop(): void;
}

/** A module that could not judge may be there again after this, ms. */
const RETRY_MS = 300;
/** Modules tell several findings a second; after this the person may stand elsewhere. */
const HINT_MS = 1_000;

/** Starts judging. @param limitMs longest single judgement */
export function judgePresentation(scanner: FaceScanner, limitMs: number, signal: AbortSignal): PresentationJudgement {
  const stopped = new AbortController();
  const stop = AbortSignal.any([signal, stopped.signal]);
  const verdicts: ScannerVerdict[] = [];
  let isWanted = true;
  const judging = (async () => {
    while (isWanted) {
      const verdict = await scanner.judge(limitMs, stop);
      verdicts.push(verdict);
      if (verdict.kind === 'attack') return;
      if (verdict.kind === 'not-run') await pause(RETRY_MS, stop);
    }
  })();
  judging.catch(() => undefined);
  let seen: ScannerFinding | undefined;
  const watching = (async () => {
    for await (const finding of scanner.watch(stop)) seen = finding;
  })();
  watching.catch(() => undefined);
  return {
    hint(atMs) {
      if (seen === undefined || atMs - seen.atMs > HINT_MS) return null;
      return seen.kind === 'face' ? seen.hint : 'look-at-camera';
    },
    async over(frames) {
      isWanted = false;
      await judging;
      return verdictOver(joinWindows(verdicts), frames);
    },
    stop: () => stopped.abort(),
  };
}

/** The module's verdict beside the station's own: a module that the station has must have judged. */
export function modulePart(verdict: AttackVerdict): AttackPart {
  return { id: 'module', verdict, score: null, isRequired: true };
}
