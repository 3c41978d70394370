import type { ChallengeFinding } from './challenge.ts';

/** Light changes with the hours. */
const KEPT_MS = 60 * 60_000;
const MOST_KEPT = 16;
/** Fewer answers say nothing of a place. */
const LEAST_KEPT = 4;
/** Of the weakest answer so far: the sun that comes out makes an answer ten times weaker, it does not make it nothing. */
const SHARE = 0.1;

/**
 * What a face's answer to the ring light comes to at this place: learned from the visits of the last hour, so that silence can be
 * told from daylight. Figures about light, nothing of any person; gone with the process.
 */
export class AnswerMemory {
  #answers: readonly { readonly atMs: number; readonly answer: number }[] = [];

  /** @param atMs monotonic */
  add({ verdict, reason, answer }: ChallengeFinding, atMs: number): void {
    // Also a weak answer that was not enough for a verdict tells how bright the place has become.
    if (answer === null || answer <= 0 || verdict === 'attack' || reason === 'ring-not-seen') return;
    this.#answers = [...this.#answers, { atMs, answer }].slice(-MOST_KEPT);
  }

  /** The least that a face may be expected to answer, or `null` when too little is known. */
  least(atMs: number): number | null {
    const recent = this.#answers.filter((one) => atMs - one.atMs <= KEPT_MS).map(({ answer }) => answer);
    return recent.length < LEAST_KEPT ? null : SHARE * Math.min(...recent);
  }
}
