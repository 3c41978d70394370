import type { FaultCode } from '../../../../shared/faults.ts';
import type { Failure } from './messages.ts';

interface Row {
  readonly value: number;
  /** The words of the `smartcard` package, whose low-level calls give no number. */
  readonly words: string;
  /** What the `pcsc-mini` package calls it. */
  readonly name: string;
  readonly code: FaultCode;
}

/** PC/SC results and what they mean for the station (pcsclite.h). */
const RESULTS: readonly Row[] = [
  { value: 0x8010001d, words: 'PC/SC service not running', name: 'NoService', code: 'PCSC_SERVICE_DOWN' },
  { value: 0x8010001e, words: 'PC/SC service stopped', name: 'ServiceStopped', code: 'PCSC_SERVICE_DOWN' },
  { value: 0x80100013, words: 'Communication error', name: 'CommError', code: 'PCSC_SERVICE_DOWN' },
  { value: 0x80100001, words: 'Internal error', name: 'InternalError', code: 'PCSC_SERVICE_DOWN' },
  { value: 0x80100003, words: 'Invalid handle', name: 'InvalidHandle', code: 'PCSC_SERVICE_DOWN' },
  { value: 0x80100012, words: 'System cancelled operation', name: 'SystemCancelled', code: 'PCSC_SERVICE_DOWN' },
  { value: 0x8010002e, words: 'No readers available', name: 'NoReadersAvailable', code: 'READER_MISSING' },
  { value: 0x80100009, words: 'Unknown reader', name: 'UnknownReader', code: 'READER_MISSING' },
  { value: 0x80100017, words: 'Reader unavailable', name: 'ReaderUnavailable', code: 'READER_MISSING' },
  { value: 0x8010000b, words: 'Sharing violation', name: 'SharingViolation', code: 'READER_BUSY' },
  { value: 0x80100069, words: 'Card was removed', name: 'RemovedCard', code: 'CARD_REMOVED' },
  { value: 0x8010000c, words: 'No smart card present', name: 'NoSmartCard', code: 'CARD_REMOVED' },
  { value: 0x80100016, words: 'Transaction failed', name: 'NotTransacted', code: 'CARD_REMOVED' },
  { value: 0x80100066, words: 'Card is unresponsive', name: 'UnresponsiveCard', code: 'CARD_MUTE' },
  { value: 0x80100067, words: 'Card is unpowered', name: 'UnpoweredCard', code: 'CARD_MUTE' },
  { value: 0x80100015, words: 'Invalid ATR', name: 'InvalidAtr', code: 'CARD_MUTE' },
  { value: 0x80100065, words: 'Card is not supported', name: 'UnsupportedCard', code: 'CARD_MUTE' },
  { value: 0x80100068, words: 'Card was reset', name: 'ResetCard', code: 'CARD_PROTOCOL' },
  { value: 0x8010000f, words: 'Protocol mismatch', name: 'ProtoMismatch', code: 'CARD_MUTE' },
  { value: 0x8010000a, words: 'Operation timed out', name: 'Timeout', code: 'CARD_TIMEOUT' },
];

/** A PC/SC error by its number if it has one, else by the words of the package. */
export function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  const value =
    error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code >>> 0 : undefined;
  const row =
    RESULTS.find((candidate) => candidate.value === value) ??
    RESULTS.find((candidate) => message.startsWith(candidate.words));
  return { code: row?.code ?? 'CARD_PROTOCOL', message };
}

/** The same result as `smartcard` would report it, or `undefined` for a name that is not PC/SC's. */
export function pcscError(name: string): Error | undefined {
  const row = RESULTS.find((candidate) => candidate.name === name);
  return row && Object.assign(new Error(row.words), { code: row.value });
}

/** A card that another session or the reader itself has reset: some readers do so under exclusive access. */
export function isReset(failure: Failure): boolean {
  return failure.message.startsWith('Card was reset');
}
