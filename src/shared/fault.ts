import type { FaultCode } from './faults.ts';

/**
 * A thrown fault: something outside the program failed. (An outcome is a value; a bug is an assertion.)
 * `message` is for the log and never holds personal data; the words for people are in the table of `faults.ts`.
 */
export class StationFault extends Error {
  override readonly name = 'StationFault';
  readonly code: FaultCode;
  /** The reader, camera, model or file that failed, by its technical name. */
  readonly part: string;

  constructor(code: FaultCode, part: string, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.part = part;
  }
}

/** True for the errors that an aborted {@link AbortSignal} raises. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError');
}

/** Wraps anything thrown into a fault; a fault passes through untouched. */
export function asFault(error: unknown, code: FaultCode, part: string): StationFault {
  if (error instanceof StationFault) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new StationFault(code, part, message, { cause: error });
}
