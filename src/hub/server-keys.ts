import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { OpeningKeys, Signer } from '../contract/envelope/keys.ts';
import { keyName, publicJwk, type Trust } from '../contract/trust.ts';
import { StationFault } from '../shared/fault.ts';
import { writeOnce } from './write-file.ts';

/**
 * The server's keys, each in a file of its own (PKCS #8, mode 0600), so that each can lie on the machine that needs it:
 * the ingest's that acknowledges, the one that gives commands, and the programme's that opens personal data.
 */
const FILES = {
  acknowledging: 'acknowledging.pem',
  controlling: 'controlling.pem',
  programme: 'programme.pem',
} as const;
const TRUST_FILE = 'trust.json';

/**
 * Makes what is missing of the server's keys, and `trust.json` for the stations. A key that is there is never replaced.
 * @param vaultDir where the programme's key goes: best a folder, or a machine, that the ingest cannot read
 * @returns what stations are told, and its file
 */
export function makeServerKeys(dir: string, vaultDir: string): { readonly trust: Trust; readonly path: string } {
  for (const folder of [dir, vaultDir]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const acknowledging = privateKey(join(dir, FILES.acknowledging), 'ed25519');
  const controlling = privateKey(join(dir, FILES.controlling), 'ed25519');
  const programme = privateKey(join(vaultDir, FILES.programme), 'x25519');
  const trust: Trust = {
    server: [
      { ...publicJwk(acknowledging), kty: 'OKP', crv: 'Ed25519', kinds: ['ack', 'receipt'], refusedFrom: null },
      {
        ...publicJwk(controlling),
        kty: 'OKP',
        crv: 'Ed25519',
        kinds: ['cmd', 'config', 'orders', 'revoke', 'issuers'],
        refusedFrom: null,
      },
    ],
    sealing: { ...publicJwk(programme), kty: 'OKP', crv: 'X25519' },
  };
  const path = join(dir, TRUST_FILE);
  writeOnce(path, `${JSON.stringify(trust, null, 2)}\n`, 0o644);
  return { trust, path };
}

/** The key under which the ingest acknowledges; the only one that it reads. @throws StationFault `HUB_KEYS` */
export function acknowledgingSigner(dir: string): Signer {
  const key = readKey(join(dir, FILES.acknowledging));
  return { kid: keyName(key), key };
}

/** The key that gives orders: work orders, settings, commands, revocations, and says whom to believe. @throws StationFault `HUB_KEYS` */
export function controllingSigner(dir: string): Signer {
  const key = readKey(join(dir, FILES.controlling));
  return { kid: keyName(key), key };
}

/** The vault's key. @throws StationFault `HUB_KEYS` */
export function programmeKeys(vaultDir: string): OpeningKeys {
  const key = readKey(join(vaultDir, FILES.programme));
  const kid = keyName(key);
  return (asked) => (asked === kid ? key : undefined);
}

/** Whether the programme's key lies where the ingest has its own; looks at its name only. */
export function isProgrammeKeyWith(dir: string): boolean {
  return existsSync(join(dir, FILES.programme));
}

function readKey(path: string): KeyObject {
  try {
    if ((statSync(path).mode & 0o077) !== 0)
      throw new StationFault('HUB_KEYS', path, 'others than its owner may read it; chmod 600');
    return createPrivateKey(readFileSync(path));
  } catch (cause) {
    if (cause instanceof StationFault) throw cause;
    throw new StationFault('HUB_KEYS', path, 'it cannot be read as a private key', { cause });
  }
}

function privateKey(path: string, kind: 'ed25519' | 'x25519'): KeyObject {
  if (!existsSync(path)) {
    // The types tell the two curves apart only by separate calls.
    const { privateKey: made } = kind === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519');
    writeOnce(path, made.export({ type: 'pkcs8', format: 'pem' }).toString(), 0o600);
  }
  const key = readKey(path);
  if (createPublicKey(key).asymmetricKeyType !== kind)
    throw new StationFault('HUB_KEYS', path, `expected a key of ${kind}`);
  return key;
}
