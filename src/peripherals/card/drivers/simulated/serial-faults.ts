import { anyLineFaults, type LineFault, seededNumbers } from '../../../../shared/faulty-line.ts';

/** What goes wrong with one frame of the simulated reader. */
export type SerialFault =
  | LineFault
  /** The answer bears the number of another command. */
  | { readonly kind: 'wrong-seq' }
  /** The reader asks this often for more time, `everyMs` apart, before it answers. */
  | { readonly kind: 'more-time'; readonly times: number; readonly everyMs: number }
  /** A command arrives damaged: it is refused with this status. */
  | { readonly kind: 'refuse'; readonly status: number };

/** `command` is one that has come to the reader; the others are what it sends. */
export type SerialFrameName = 'command' | 'status' | 'answer' | 'notice';

/** Decides about each frame in turn; `index` counts the frames of one name. */
export type SerialFaultFor = (frame: {
  readonly name: SerialFrameName;
  readonly index: number;
}) => SerialFault | undefined;

/** The part of a fault that happens on the line; the reader's own faults happen before. */
export function onTheLine(fault: SerialFault | undefined): LineFault | undefined {
  const isReaders = fault?.kind === 'wrong-seq' || fault?.kind === 'more-time' || fault?.kind === 'refuse';
  return isReaders ? undefined : fault;
}

/** A fault for about one frame in `oneIn`, always the same ones for the same seed. Unplugging is not among them. */
export function seededSerialFaults(seed: number, oneIn: number): SerialFaultFor {
  const next = seededNumbers(seed);
  return ({ name }) => {
    if (next(oneIn) !== 0) return undefined;
    const ofAnswers: readonly SerialFault[] = [
      { kind: 'wrong-seq' },
      { kind: 'more-time', times: 1 + next(3), everyMs: 5 },
    ];
    const faults: readonly SerialFault[] =
      name === 'command'
        ? [{ kind: 'lose' }, { kind: 'refuse', status: [0xff, 0xfe, 0xfd, 0x99][next(4)] ?? 0xff }]
        : [...anyLineFaults(next, 12), ...(name === 'answer' ? ofAnswers : [])];
    return faults[next(faults.length)];
  };
}
