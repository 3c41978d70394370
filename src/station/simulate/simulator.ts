import { StationFault } from '../../shared/fault.ts';

/** One word that a running simulator understands. */
export interface SimulatorWord {
  /** What follows it, for the help: `yes|no`. */
  readonly usage: string;
  readonly help: { readonly th: string; readonly en: string };
  /**
   * @param argument what was typed behind the word, trimmed
   * @returns what to tell the developer, `null` for nothing
   * @throws StationFault `USAGE` for an argument that is none
   */
  run(argument: string): Promise<string | null> | string | null;
}

export type SimulatorWords = Readonly<Record<string, SimulatorWord>>;

/** A simulator that runs until it is disposed of. Its words are said one after the other, never two at a time. */
export interface RunningSimulator extends AsyncDisposable {
  /** What a developer does with it, line by line. */
  readonly notes: readonly string[];
  /** The settings with which a station uses it, as they belong into `settings.json`; `null` = none are needed. */
  readonly settings: object | null;
  readonly words: SimulatorWords;
}

/** Told every line about what the simulator was asked or shows. Nothing personal. */
export type Tell = (line: string) => void;

/** @returns the argument, if it is one of these  @throws StationFault `USAGE` */
export function oneOf<T extends string>(argument: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === argument);
  if (found === undefined) throw unusable(`found "${argument}", expected one of: ${allowed.join(', ')}`);
  return found;
}

/** @returns a whole number  @throws StationFault `USAGE` */
export function wholeNumber(argument: string, min: number, max: number): number {
  const value = Number(argument);
  if (!/^\d+$/.test(argument) || value < min || value > max)
    throw unusable(`found "${argument}", expected a whole number from ${min} to ${max}`);
  return value;
}

export function unusable(message: string): StationFault {
  return new StationFault('USAGE', 'simulate', message);
}
