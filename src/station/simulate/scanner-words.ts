import { oneOf, unusable, wholeNumber } from './simulator.ts';

export type ScannerModel = 'fm225' | 'realsense-id';

/** What stands before the lens, as a developer sets it. */
export interface ScannerScene {
  readonly face: boolean;
  readonly live: boolean;
  /** In the module's own numbers. */
  readonly states: readonly number[];
  readonly lookMs: number;
}

/** Guidance that a module gives while it looks, in its own numbers: what a driver makes of each is the driver's to know. */
export const STATE_WORDS: Readonly<Record<ScannerModel, Readonly<Record<string, number>>>> = {
  fm225: {
    ok: 0,
    'no-face': 1,
    up: 2,
    down: 3,
    left: 4,
    right: 5,
    far: 6,
    near: 7,
    brow: 8,
    eyes: 9,
    occluded: 10,
    direction: 11,
  },
  'realsense-id': {
    ok: 2,
    'no-face': 1,
    top: 4,
    bottom: 5,
    left: 6,
    right: 7,
    tilted: 8,
    'not-frontal': 12,
    mask: 15,
    sunglasses: 50,
    far: 61,
    near: 63,
  },
};

/** @param argument words or numbers, one after the other as the module tells them */
export function statesOf(model: ScannerModel, argument: string): readonly number[] {
  const words = STATE_WORDS[model];
  return argument
    .split(/[\s,]+/)
    .filter((word) => word !== '')
    .map((word) => {
      const state = words[word];
      if (state !== undefined) return state;
      if (/^\d+$/.test(word)) return wholeNumber(word, 0, 200);
      throw unusable(`found "${word}", expected a number or some of: ${Object.keys(words).join(', ')}`);
    });
}

const FRAME_FAULTS = ['split', 'gap', 'corrupt', 'lose', 'double', 'noise', 'unplug'] as const;
export type FrameFault = (typeof FRAME_FAULTS)[number];

/** `corrupt 3`: what goes wrong, and with how many of the next frames. */
export function frameFaultOf(argument: string): { readonly fault: FrameFault; readonly frames: number } {
  const [name = '', count = '1', ...rest] = argument.split(/\s+/);
  if (rest.length > 0) throw unusable(`found "${argument}", expected a fault and a number of frames`);
  return { fault: oneOf(name, FRAME_FAULTS), frames: wholeNumber(count, 1, 1_000) };
}
export const FRAME_FAULT_USAGE = FRAME_FAULTS.join('|');

export function sceneLine({ face, live, states, lookMs }: ScannerScene): string {
  const who = face ? (live ? 'a live face' : 'an attack (photograph or screen)') : 'nobody';
  return `scene: ${who}; states ${states.join(', ') || 'none'}; looks ${lookMs} ms`;
}
