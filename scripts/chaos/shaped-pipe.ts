import type { Socket } from 'node:net';

/** How one direction of a line behaves. */
export interface LineShape {
  /** Time that a byte takes, one way. */
  readonly delayMs: number;
  /** `null` = as fast as the machine. */
  readonly bitsPerSecond: number | null;
  /** Nothing gets through; what was sent waits, as retransmissions would. */
  readonly isBlackHole: boolean;
}

/** A line buffers about this much before the sender feels it. */
const BUFFER_BYTES = 64 * 1024;
/** Ethernet's segment: a slow line lets others in between. */
const SEGMENT_BYTES = 1_400;

/**
 * Carries bytes from one socket to another as a line of that shape would: in order, each segment after the time that it takes.
 * @param filter what becomes of the bytes that came in
 */
export function shapedPipe(
  from: Socket,
  to: Socket,
  shape: () => LineShape,
  filter: (chunk: Buffer) => readonly Buffer[],
): { readonly look: () => void; readonly stop: () => void } {
  const waiting: { readonly bytes: Buffer; readonly atMs: number }[] = [];
  let waitingBytes = 0;
  let freeAt = 0;
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    clearTimeout(timer);
    if (shape().isBlackHole) return;
    const now = performance.now();
    for (let next = waiting[0]; next && next.atMs <= now; next = waiting[0]) {
      waiting.shift();
      waitingBytes -= next.bytes.length;
      if (!to.destroyed) to.write(next.bytes);
    }
    if (waitingBytes < BUFFER_BYTES && from.isPaused()) from.resume();
    const [next] = waiting;
    if (next) timer = setTimeout(look, Math.max(0, next.atMs - now));
    else if (from.readableEnded && !to.destroyed) to.end();
  };
  from.on('data', (chunk: Buffer) => {
    const { delayMs, bitsPerSecond } = shape();
    for (const bytes of filter(chunk))
      for (let at = 0; at < bytes.length; at += SEGMENT_BYTES) {
        const part = bytes.subarray(at, at + SEGMENT_BYTES);
        const takesMs = bitsPerSecond === null ? 0 : (part.length * 8_000) / bitsPerSecond;
        freeAt = Math.max(freeAt, performance.now()) + takesMs;
        waiting.push({ bytes: part, atMs: freeAt + delayMs });
        waitingBytes += part.length;
      }
    if (waitingBytes >= BUFFER_BYTES) from.pause();
    look();
  });
  from.on('end', look);
  return { look, stop: () => clearTimeout(timer) };
}
