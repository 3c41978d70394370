import { type ExportChunk, type ExportManifest, manifestSchema } from '../export.ts';
import { type Refused, refused } from '../refusals.ts';
import { messageHash, parseJson, signStatement, verifyStatement } from './jws.ts';
import type { KeyRegistry, Signer } from './keys.ts';

/** Signs the list of an export's chunks. */
export function signManifest(manifest: ExportManifest, signer: Signer): Uint8Array {
  return signStatement('export', Buffer.from(JSON.stringify(manifest)), signer);
}

/** Reads an export's manifest. @returns what it says, or a refusal of {@link verifyStatement}, `invalid`, `wrong-key` */
export function readManifest(
  message: Uint8Array,
  options: { readonly keys: KeyRegistry; readonly nowMs: number },
): { readonly kind: 'believed'; readonly manifest: ExportManifest } | Refused {
  const verified = verifyStatement('export', message, options.keys, options.nowMs);
  if (verified.kind === 'refused') return verified;
  const parsed = manifestSchema.safeParse(parseJson(verified.payload));
  if (!parsed.success) return refused('invalid', 'manifest');
  if (parsed.data.station !== verified.station) return refused('wrong-key', `${verified.kid} is not the station's`);
  return { kind: 'believed', manifest: parsed.data };
}

/**
 * Reads one chunk's file. Its events are then read like published ones: the manifest proves that the file is the whole one, not
 * what an event says.
 * @returns the signed events in order, or `tampered` when it is not the file that the manifest names
 */
export function readChunk(
  bytes: Uint8Array,
  chunk: ExportChunk,
): { readonly kind: 'events'; readonly messages: readonly Uint8Array[] } | Refused {
  if (bytes.length !== chunk.bytes || messageHash(bytes) !== chunk.sha256) return refused('tampered', chunk.name);
  const messages = linesOf(bytes);
  return messages.length === chunk.events ? { kind: 'events', messages } : refused('invalid', chunk.name);
}

/** Signed messages that stand one a line. */
export function linesOf(bytes: Uint8Array): readonly Uint8Array[] {
  return Buffer.from(bytes)
    .toString('latin1')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Buffer.from(line, 'latin1'));
}
