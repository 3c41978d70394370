import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SIGNED_KINDS, STATION_KINDS } from '../contract/messages.ts';
import { publicJwk, type Trust, trustSchema } from '../contract/trust.ts';
import { privateKeyFile } from './file-key-store.ts';
import { writeTrust } from './trust-file.ts';

/**
 * The keys of a demonstration's server, so that a demo seals and believes like a real station. The private parts lie beside
 * the data: they protect nobody, and a station that serves people must not use them.
 *
 * `acknowledging.pem` signs acknowledgements and receipts, `controlling.pem` the rest of the server's word, `programme.pem` opens
 * sealed data, `trust.json` holds the public parts.
 * @returns path of the trust file
 */
export function makeDemoServer(dir: string): string {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const trustPath = join(dir, 'trust.json');
  const key = (name: string, kind: 'ed25519' | 'x25519') => publicJwk(privateKeyFile(join(dir, `${name}.pem`), kind));
  const isAck = (kind: string) => kind === 'ack' || kind === 'receipt';
  const kinds = SIGNED_KINDS.filter((kind) => !STATION_KINDS.includes(kind));
  const signing = (name: string, mayAcknowledge: boolean) => ({
    ...key(name, 'ed25519'),
    crv: 'Ed25519' as const,
    kinds: kinds.filter((kind) => isAck(kind) === mayAcknowledge),
  });
  const trust: Trust = {
    server: [signing('acknowledging', true), signing('controlling', false)],
    sealing: { ...key('programme', 'x25519'), crv: 'X25519' },
  };
  if (!existsSync(trustPath)) writeTrust(trustPath, trustSchema.parse(trust));
  return trustPath;
}
