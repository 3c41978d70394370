import { compareTemplates } from '../compare.ts';
import type { Template } from '../port.ts';
import { binOf, NO_SCORE } from '../rates.ts';

/** Comparisons in columns: score bin ({@link NO_SCORE} where a side was not acquired) and the people of both sides, by index. */
export interface Comparisons {
  readonly bins: Int32Array;
  readonly probes: Int32Array;
  readonly references: Int32Array;
}

/** A picture of a person, made into a template or not. */
export interface Sample {
  readonly person: number;
  readonly template: Template | undefined;
}

/** Which picture is compared with which, by their place in the lists of pictures. */
export interface TrialPair {
  readonly reference: number;
  readonly probe: number;
}

/** Collects comparisons one by one. */
class Columns {
  readonly #bins: number[] = [];
  readonly #probes: number[] = [];
  readonly #references: number[] = [];

  add(bin: number, probe: number, reference: number): void {
    this.#bins.push(bin);
    this.#probes.push(probe);
    this.#references.push(reference);
  }

  done(): Comparisons {
    return {
      bins: Int32Array.from(this.#bins),
      probes: Int32Array.from(this.#probes),
      references: Int32Array.from(this.#references),
    };
  }
}

/** Scores pairs: genuine where both pictures are of the same person, impostor otherwise. */
export function scoreTrials(
  references: readonly Sample[],
  probes: readonly Sample[],
  pairs: Iterable<TrialPair>,
): { readonly genuine: Comparisons; readonly impostors: Comparisons } {
  const [genuine, impostors] = [new Columns(), new Columns()];
  for (const pair of pairs) {
    const [reference, probe] = [references[pair.reference], probes[pair.probe]];
    if (reference === undefined || probe === undefined) continue;
    const bin =
      reference.template && probe.template ? binOf(compareTemplates(probe.template, reference.template)) : NO_SCORE;
    (reference.person === probe.person ? genuine : impostors).add(bin, probe.person, reference.person);
  }
  return { genuine: genuine.done(), impostors: impostors.done() };
}

/** Every reference with every probe. */
export function* allPairs(references: number, probes: number): Generator<TrialPair> {
  for (let probe = 0; probe < probes; probe++)
    for (let reference = 0; reference < references; reference++) yield { reference, probe };
}
