import type { PartStatus } from '../kiosk/protocol.ts';
import { FAULTS, type FaultCode } from '../shared/faults.ts';

export type PartName =
  | 'card-reader'
  | 'camera'
  | 'code-scanner'
  | 'face'
  | 'journal'
  | 'disk'
  | 'uplink'
  | 'clock'
  | 'settings';

export interface PartChange {
  readonly state: PartStatus['state'];
  /** Technical name of the device or driver. */
  readonly name: string;
  readonly code: FaultCode | null;
}

/** One state per part, since when, with cause and mend: what `doctor`, the operator's bar and the metrics show. */
export class PartBoard {
  readonly #parts = new Map<PartName, PartStatus>();
  readonly #onChange: (part: PartName, status: PartStatus) => void;
  readonly #now: () => Date;

  constructor(now: () => Date, onChange: (part: PartName, status: PartStatus) => void) {
    this.#now = now;
    this.#onChange = onChange;
  }

  set(part: PartName, change: PartChange): void {
    const before = this.#parts.get(part);
    if (before?.state === change.state && before.name === change.name && (before.fault?.code ?? null) === change.code)
      return;
    const isSameState = before?.state === change.state;
    const status: PartStatus = {
      part,
      state: change.state,
      name: change.name,
      since: isSameState ? before.since : this.#now().toISOString(),
      fault: change.code === null ? null : faultWords(change.code),
    };
    this.#parts.set(part, status);
    this.#onChange(part, status);
  }

  stateOf(part: PartName): PartStatus['state'] | undefined {
    return this.#parts.get(part)?.state;
  }

  list(): readonly PartStatus[] {
    return [...this.#parts.values()];
  }
}

/** A fault's code with its words for staff. */
export function faultWords(code: FaultCode): NonNullable<PartStatus['fault']> {
  const { cause, mend } = FAULTS[code];
  return { code, cause, mend };
}

/** Codes of parts that are not there at all. */
const GONE: readonly FaultCode[] = [
  'READER_MISSING',
  'CAMERA_MISSING',
  'CAMERA_PROGRAM_MISSING',
  'MODEL_MISSING',
  'CODE_SCANNER_MISSING',
  'CODE_SCANNER_PACKAGE_MISSING',
];

/** Is the part gone, or there and broken? */
export function stateOfFault(code: FaultCode): PartStatus['state'] {
  return GONE.includes(code) ? 'missing' : 'faulty';
}
