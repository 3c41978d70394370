import { randomInt } from 'node:crypto';
import type { AnswerMemory } from '../face/attack/answer-memory.ts';
import { type ChallengeFinding, judgeChallenge, type LightSample, type ShownLevel } from '../face/attack/challenge.ts';
import { type LightPattern, lengthMs, makePattern, shareAt } from '../face/attack/light-pattern.ts';
import type { FaceLight } from '../face/port.ts';
import type { AttackPart } from '../visit/types.ts';
import type { HeldRing, RingLight } from './ring-light.ts';

/** How often a ramp goes on, ms: finer than a frame. */
const TICK_MS = 20;
/** The last step is seen by the camera this much later, ms. */
const TAIL_MS = 200;
/** Of one step in 255: less is no change for the lamp. */
const LEAST_CHANGE = 1 / 255;
const RANDOM_RANGE = 2 ** 47;

export interface LightChallengeOptions {
  /** `null` = the station has no panel. */
  readonly ring: RingLight | null;
  /** Without the challenge nothing is verified. */
  readonly isRequired: boolean;
  /** As the settings have it; `null` = as the visits before have taught. */
  readonly leastAnswer: number | null;
  readonly memory: AnswerMemory;
}

/**
 * The ring light as a question to the face, in one capture: a pattern that nobody knows before runs while frames are looked at anyway.
 * It begins with the first well seen face. The person is asked for nothing and told nothing.
 */
export class LightChallenge implements Disposable {
  readonly #options: LightChallengeOptions;
  #playing: PlayedPattern | undefined;
  #isImpossible = false;

  constructor(options: LightChallengeOptions) {
    this.#options = options;
  }

  /** Has the camera seen the whole pattern, or is there none to be seen? */
  isOver(atMs: number): boolean {
    return this.#isImpossible || (this.#playing?.isOver(atMs) ?? false);
  }

  /** @param isWell the face can be taken as it stands  @param atMs of the frame, monotonic */
  see(light: FaceLight, isWell: boolean, atMs: number): void {
    if (isWell) this.#begin();
    this.#playing?.add(light, atMs);
  }

  /** The frames come from another camera now: all begins anew. */
  restart(): void {
    this.#playing?.[Symbol.dispose]();
    this.#playing = undefined;
  }

  /** @returns `null` when there was nothing to challenge with and nothing that must be */
  finding(atMs: number): { readonly part: AttackPart; readonly finding: ChallengeFinding | null } | null {
    const { isRequired, leastAnswer, memory } = this.#options;
    const finding = this.#playing?.finding(leastAnswer ?? memory.least(atMs)) ?? null;
    if (finding === null && !isRequired) return null;
    if (finding) memory.add(finding, atMs);
    const score = finding?.answer ?? null;
    return {
      part: { id: 'challenge', verdict: finding?.verdict ?? 'not-run', score: rounded(score), isRequired },
      finding,
    };
  }

  /** Leaves the ring light to the panel again. */
  [Symbol.dispose](): void {
    this.restart();
  }

  #begin(): void {
    if (this.#playing || this.#isImpossible) return;
    const held = this.#options.ring?.hold();
    if (held)
      this.#playing = new PlayedPattern(
        held,
        makePattern(() => randomInt(RANDOM_RANGE) / RANDOM_RANGE),
      );
    else this.#isImpossible = true;
  }
}

/** One pattern on the lamp, and the frames that saw it. */
class PlayedPattern implements Disposable {
  readonly #held: HeldRing;
  readonly #pattern: LightPattern;
  readonly #startedAtMs = performance.now();
  readonly #shown: ShownLevel[];
  readonly #samples: LightSample[] = [];
  readonly #timer: NodeJS.Timeout;
  #share = 1;

  constructor(held: HeldRing, pattern: LightPattern) {
    this.#held = held;
    this.#pattern = pattern;
    this.#shown = [{ atMs: Number.NEGATIVE_INFINITY, level: held.level }];
    this.#timer = setInterval(() => this.#play(), TICK_MS);
  }

  isOver(atMs: number): boolean {
    return atMs - this.#startedAtMs >= lengthMs(this.#pattern) + TAIL_MS;
  }

  add(light: FaceLight, atMs: number): void {
    this.#samples.push({ light, atMs });
  }

  finding(leastAnswer: number | null): ChallengeFinding {
    if (!this.#held.isWell || !this.isOver(performance.now()))
      return { verdict: 'not-run', reason: 'too-few-frames', answer: null, shape: null, lagMs: null };
    return judgeChallenge(this.#samples, this.#shown, leastAnswer);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#held[Symbol.dispose]();
  }

  #play(): void {
    const share = shareAt(this.#pattern, performance.now() - this.#startedAtMs);
    if (Math.abs(share - this.#share) < LEAST_CHANGE) return;
    this.#share = share;
    this.#shown.push({ atMs: performance.now(), level: this.#held.show(share) });
  }
}

const rounded = (value: number | null) => (value === null ? null : Math.round(value * 1_000) / 1_000);
