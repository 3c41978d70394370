import { type Estimates, estimate, type ThresholdRule } from './figures.ts';
import type { Person } from './people.ts';
import { randomFor } from './random.ts';
import { NO_SCORE } from './rates.ts';
import { collectScopes, type Scope, type ScopeRequest } from './scope.ts';
import type { Trials } from './trials.ts';

/** The result of one protocol. */
export interface Verification {
  readonly counts: {
    readonly references: number;
    /** References without a template (failure to enrol). */
    readonly referencesNotAcquired: number;
    readonly probes: number;
    /** Probes without a template (failure to acquire). */
    readonly probesNotAcquired: number;
    readonly genuine: number;
    /** Genuine comparisons that could not be made; errors at every threshold. */
    readonly genuineNotMade: number;
    readonly impostors: number;
  };
  /** Fitted on half 1, reported on half 2. */
  readonly split: Estimates;
  /** Fitted and reported on everybody: for information, and for comparing with figures made that way. */
  readonly whole: Estimates;
  /** Every scope by name and part, for plots and for what else is measured on the same comparisons. */
  readonly scopes: Readonly<Record<ScopeName, Scope>>;
}

/** People by a property; scopes are named `half 2/everyone`. */
export type Groups = Readonly<Record<string, (person: number) => boolean>>;
const PARTS = ['all', 'half 1', 'half 2'] as const;
type Part = (typeof PARTS)[number];
type ScopeName = `${Part}/${string}`;

/** The group that sets the threshold. */
export const GROUP = 'group';

export interface VerificationOptions {
  readonly people: readonly Person[];
  /** Besides everyone: FMR among them, and their TAR, is reported; thresholds may be fitted on `group`. */
  readonly groups: Groups;
  readonly rules: readonly ThresholdRule[];
  readonly rounds: number;
  /** Bootstrap rounds depend on it. */
  readonly seed: string;
}

/** Scores trials and estimates all their figures. */
export function verify(trials: Trials, { people, groups, rules, rounds, seed }: VerificationOptions): Verification {
  const everyone: Groups = { everyone: () => true, ...groups };
  const requests = Object.fromEntries(
    PARTS.flatMap((part) =>
      Object.entries(everyone).map(([name, belongs]): [ScopeName, ScopeRequest] => {
        const isIn = (person: number) => belongs(person) && isInPart(part, people[person]);
        return [`${part}/${name}`, { probe: isIn, reference: isIn }];
      }),
    ),
  ) as Record<ScopeName, ScopeRequest>;
  // Members of the group against everybody else: a scope whose sides differ.
  if (groups[GROUP] !== undefined) {
    for (const part of PARTS) {
      requests[`${part}/cross`] = {
        probe: (person) => people[person]?.inGroup === true && isInPart(part, people[person]),
        reference: (person) => people[person]?.inGroup === false && isInPart(part, people[person]),
      };
    }
  }
  const scopes = collectScopes(trials, people.length, requests);
  const part = (wanted: Part) =>
    Object.fromEntries(
      Object.entries(scopes)
        .filter(([name]) => name.startsWith(`${wanted}/`))
        .map(([name, scope]) => [name.slice(wanted.length + 1), scope]),
    );
  const notAcquired = (samples: Trials['probes']) => samples.filter(({ attempts }) => attempts.length === 0).length;
  const all = scopes['all/everyone'] as Scope;
  const whole = part('all');
  const fittable = (from: Readonly<Record<string, Scope>>) => only(from, ['everyone', GROUP]);
  return {
    counts: {
      references: trials.references.length,
      referencesNotAcquired: notAcquired(trials.references),
      probes: trials.probes.length,
      probesNotAcquired: notAcquired(trials.probes),
      genuine: trials.genuine.length,
      genuineNotMade: all.genuine.filter(({ bin }) => bin === NO_SCORE).length,
      impostors: all.impostors.total,
    },
    split: estimate(
      { fit: fittable(part('half 1')), report: part('half 2'), rules },
      people.length,
      rounds,
      randomFor(seed, 'split'),
    ),
    whole: estimate({ fit: fittable(whole), report: whole, rules }, people.length, rounds, randomFor(seed, 'whole')),
    scopes,
  };
}

function isInPart(part: Part, person: Person | undefined): boolean {
  return part === 'all' || part === `half ${person?.half}`;
}

function only(scopes: Readonly<Record<string, Scope>>, names: readonly string[]): Readonly<Record<string, Scope>> {
  return Object.fromEntries(Object.entries(scopes).filter(([name]) => names.includes(name)));
}
