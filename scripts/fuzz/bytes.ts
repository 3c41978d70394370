/** Samples are written down as hexadecimal digits with spaces where they help. */
export const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

export const ascii = (text: string) => new TextEncoder().encode(text);

/** Cuts an input into chunks of changing length, as a line hands bytes over; the input's own bytes decide where. */
export function* chunksOf(input: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < input.length; ) {
    const end = at + 1 + ((input[at] ?? 0) % 61);
    yield input.subarray(at, end);
    at = end;
  }
}

/** A promise that the parser makes and the input has broken: ends the run as a crash does. */
export function mustHold(isSo: boolean, promise: string): void {
  if (!isSo) throw new Error(`broken promise: ${promise}`);
}
