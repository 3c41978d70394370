/** Fi by the high half of TA1, Di by the low half (ISO/IEC 7816-3 tables 7 and 8); 0 = reserved. */
const FI = [372, 372, 558, 744, 1116, 1488, 1860, 0, 0, 512, 768, 1024, 1536, 2048, 0, 0];
const DI = [0, 1, 2, 4, 8, 16, 32, 64, 12, 20];

const CLOCK_KHZ = 4_000;
/** Start, eight data, parity, two guard. */
const ETU_PER_BYTE = 12;
/** What a card and a reader take to turn round, ms. */
const PER_COMMAND_MS = 2;

/** Milliseconds for one byte on the contacts, from the answer to reset: TA1, or 372/1 without one. */
export function byteTimeMs(atr: Uint8Array): number {
  const hasTa1 = ((atr[1] ?? 0) & 0x10) !== 0;
  const ta1 = hasTa1 ? (atr[2] ?? 0x11) : 0x11;
  const fi = FI[ta1 >> 4] || 372;
  const di = DI[ta1 & 0x0f] || 1;
  return (ETU_PER_BYTE * fi) / di / CLOCK_KHZ;
}

/** Milliseconds one exchange takes in T=0: command, one procedure byte, response. */
export function exchangeTimeMs(atr: Uint8Array, commandBytes: number, responseBytes: number): number {
  return PER_COMMAND_MS + (commandBytes + 1 + responseBytes) * byteTimeMs(atr);
}
