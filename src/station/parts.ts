import type { PartStatus } from '../kiosk/protocol.ts';
import { FAULTS, type FaultCode } from '../shared/faults.ts';

export type PartName =
  | 'card-reader'
  | 'second-card-reader'
  | 'camera'
  | 'face-scanner'
  | 'signals'
  | 'code-scanner'
  | 'printer'
  | 'enclosure'
  | 'power'
  | 'udev'
  | 'face'
  | 'journal'
  | 'identity'
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

/** An examination of one part; throws its fault. */
export type Check = (signal: AbortSignal) => Promise<PartChange & { readonly detail: string }>;

/** One state per part, since when, with cause and mend: what `doctor`, the operator's bar and the metrics show. */
export class PartBoard {
  readonly #parts = new Map<PartName, PartStatus>();
  readonly #listeners = new Set<(part: PartName, status: PartStatus) => void>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Told of every change; returns the way to stop. */
  onChange(listener: (part: PartName, status: PartStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
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
    for (const listener of this.#listeners) listener(part, status);
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

const MISSING: readonly FaultCode[] = [
  'READER_MISSING',
  'CAMERA_MISSING',
  'CAMERA_PROGRAM_MISSING',
  'SCANNER_MISSING',
  'PANEL_MISSING',
  'SERIAL_MISSING',
  'MODEL_MISSING',
  'CODE_SCANNER_MISSING',
  'CODE_SCANNER_PACKAGE_MISSING',
];

/** Is the part gone, or there and broken? */
export function stateOfFault(code: FaultCode): PartStatus['state'] {
  return MISSING.includes(code) ? 'missing' : 'faulty';
}
