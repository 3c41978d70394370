/** A small, seeded generator (mulberry32): the same seed gives the same inputs. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Bytes that parsers trip over. */
const EDGES = [0x00, 0x01, 0x20, 0x23, 0x61, 0x7f, 0x80, 0x90, 0xef, 0xaa, 0xfe, 0xff, 0xd8, 0xd9];
const MAX_BYTES = 6_000;

/** Either noise, or one of the samples with a few bytes changed, cut, doubled or joined with another one. */
export function mutated(samples: readonly Uint8Array[], random: () => number): Uint8Array {
  const below = (n: number) => Math.floor(random() * n);
  const noise = () => Uint8Array.from({ length: below(random() < 0.1 ? 600 : 60) }, () => below(256));
  const pick = () => samples[below(samples.length)] ?? noise();
  if (random() < 0.15) return noise();
  let bytes = Uint8Array.from(pick());
  for (let changes = below(6); changes >= 0; changes--) {
    const at = below(bytes.length + 1);
    switch (below(6)) {
      case 0:
        if (at < bytes.length) bytes[at] = below(256);
        break;
      case 1:
        if (at < bytes.length) bytes[at] = EDGES[below(EDGES.length)] ?? 0;
        break;
      case 2:
        bytes = bytes.slice(0, at);
        break;
      case 3:
        bytes = Uint8Array.of(...bytes.subarray(0, at), ...noise(), ...bytes.subarray(at));
        break;
      case 4:
        bytes = Uint8Array.of(...bytes, ...pick());
        break;
      default:
        if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8));
    }
  }
  return bytes.slice(0, MAX_BYTES);
}
