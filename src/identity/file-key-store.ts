import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { StationFault } from '../shared/fault.ts';
import type { KeyStore } from './port.ts';
import { secretFile } from './secret-file.ts';

const SECRET_BYTES = 32;

/**
 * Keys in files of mode 0600. They are as safe as the disk: whoever takes the card out of the station has them, unless the
 * disk is encrypted or `isTpmFound` tells of a chip that a driver could use (there is none yet).
 */
export class FileKeyStore implements KeyStore {
  readonly name: string;

  /** @param dir made when it is not there */
  constructor(dir: string) {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    this.name = dir;
  }

  signingKey(): KeyObject {
    return privateKeyFile(join(this.name, 'signing.pem'), 'ed25519');
  }

  receivingKey(): KeyObject {
    return privateKeyFile(join(this.name, 'receiving.key'), 'x25519');
  }

  secret(name: 'data' | 'programme'): Uint8Array {
    const path = join(this.name, `${name}.key`);
    const key = secretFile(path, () => randomBytes(SECRET_BYTES));
    if (key.length !== SECRET_BYTES)
      throw new StationFault('CONFIG_INVALID', path, `the key has ${key.length} bytes, expected ${SECRET_BYTES}`);
    return key;
  }
}

/** Whether the machine has a TPM 2.0 that could keep the data key; files are used all the same. */
export function isTpmFound(): boolean {
  return existsSync('/dev/tpmrm0');
}

/**
 * A private key in PKCS #8, PEM; made on first use, never replaced.
 * @throws StationFault `CONFIG_INVALID` when the file holds no such key
 */
export function privateKeyFile(path: string, kind: 'ed25519' | 'x25519'): KeyObject {
  const pem = secretFile(path, () =>
    Buffer.from(freshKey(kind).export({ type: 'pkcs8', format: 'pem' }) as string, 'latin1'),
  );
  try {
    const key = createPrivateKey(Buffer.from(pem));
    if (key.asymmetricKeyType === kind) return key;
  } catch (cause) {
    throw new StationFault('CONFIG_INVALID', path, 'the file holds no private key', { cause });
  }
  throw new StationFault('CONFIG_INVALID', path, `the key is not of the kind ${kind}`);
}

function freshKey(kind: 'ed25519' | 'x25519'): KeyObject {
  return (kind === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519')).privateKey;
}
