import type { FaultCode } from '../../../../shared/faults.ts';
import type { Failure } from './messages.ts';

interface Row {
  readonly value: number;
  /** The words of the `smartcard` package, whose low-level calls give no number. */
  readonly words: string;
  readonly code: FaultCode;
}

/** PC/SC results and what they mean for the station (pcsclite.h). */
const RESULTS: readonly Row[] = [
  { value: 0x8010001d, words: 'PC/SC service not running', code: 'PCSC_SERVICE_DOWN' },
  { value: 0x8010001e, words: 'PC/SC service stopped', code: 'PCSC_SERVICE_DOWN' },
  { value: 0x80100013, words: 'Communication error', code: 'PCSC_SERVICE_DOWN' },
  { value: 0x80100001, words: 'Internal error', code: 'PCSC_SERVICE_DOWN' },
  { value: 0x80100003, words: 'Invalid handle', code: 'PCSC_SERVICE_DOWN' },
  { value: 0x80100012, words: 'System cancelled operation', code: 'PCSC_SERVICE_DOWN' },
  { value: 0x8010002e, words: 'No readers available', code: 'READER_MISSING' },
  { value: 0x80100009, words: 'Unknown reader', code: 'READER_MISSING' },
  { value: 0x80100017, words: 'Reader unavailable', code: 'READER_MISSING' },
  { value: 0x8010000b, words: 'Sharing violation', code: 'READER_BUSY' },
  { value: 0x80100069, words: 'Card was removed', code: 'CARD_REMOVED' },
  { value: 0x8010000c, words: 'No smart card present', code: 'CARD_REMOVED' },
  { value: 0x80100016, words: 'Transaction failed', code: 'CARD_REMOVED' },
  { value: 0x80100066, words: 'Card is unresponsive', code: 'CARD_MUTE' },
  { value: 0x80100067, words: 'Card is unpowered', code: 'CARD_MUTE' },
  { value: 0x80100015, words: 'Invalid ATR', code: 'CARD_MUTE' },
  { value: 0x80100065, words: 'Card is not supported', code: 'CARD_MUTE' },
  { value: 0x80100068, words: 'Card was reset', code: 'CARD_PROTOCOL' },
  { value: 0x8010000f, words: 'Protocol mismatch', code: 'CARD_MUTE' },
  { value: 0x8010000a, words: 'Operation timed out', code: 'CARD_TIMEOUT' },
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

/** A card that another session or the reader itself has reset: some readers do so under exclusive access. */
export function isReset(failure: Failure): boolean {
  return failure.message.startsWith('Card was reset');
}
