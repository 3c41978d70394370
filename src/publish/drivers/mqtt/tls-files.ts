import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { StationFault } from '../../../shared/fault.ts';
import type { PublishConfig } from '../../config.ts';
import type { Validity } from './tls-faults.ts';

export interface TlsMaterial {
  readonly ca: Buffer | undefined;
  readonly cert: Buffer | undefined;
  readonly key: Buffer | undefined;
  readonly own: Validity | undefined;
}

/**
 * Reads what TLS needs, at each dial: a certificate that was exchanged needs no restart.
 * @throws StationFault `TLS_SETUP_INVALID` with the file and what is wrong with it
 */
export function readTlsFiles({ caFile, certFile, keyFile }: PublishConfig['tls']): TlsMaterial {
  if ((certFile === null) !== (keyFile === null))
    throw new StationFault('TLS_SETUP_INVALID', 'uplink.tls', 'certFile and keyFile belong together');
  const cert = read(certFile);
  return { ca: read(caFile), cert, key: readPrivate(keyFile), own: cert && validity(cert, certFile ?? '') };
}

/** When the certificate ends, ms since 1970, or `undefined` without a readable one. */
export function certificateEnd({ certFile }: PublishConfig['tls']): number | undefined {
  try {
    const cert = read(certFile);
    return cert && validity(cert, '').toMs;
  } catch {
    return undefined;
  }
}

function read(path: string | null): Buffer | undefined {
  if (path === null) return undefined;
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new StationFault('TLS_SETUP_INVALID', path, `${path} cannot be read`, { cause });
  }
}

function readPrivate(path: string | null): Buffer | undefined {
  const key = read(path);
  if (path !== null && (statSync(path).mode & 0o077) !== 0)
    throw new StationFault('TLS_SETUP_INVALID', path, `${path} is open to others: chmod 600 it`);
  return key;
}

function validity(cert: Buffer, path: string): Validity {
  try {
    const { validFrom, validTo } = new X509Certificate(cert);
    return { fromMs: Date.parse(validFrom), toMs: Date.parse(validTo) };
  } catch (cause) {
    throw new StationFault('TLS_SETUP_INVALID', path, `${path} holds no certificate`, { cause });
  }
}
