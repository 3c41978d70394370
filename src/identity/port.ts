import type { KeyObject } from 'node:crypto';

/**
 * Port: where the station's own secrets lie. Each is made on first use and never replaced: what was signed, sealed or derived
 * with it would be lost.
 */
export interface KeyStore {
  /** What holds the keys, for people to read. */
  readonly name: string;
  /** Private Ed25519 key under which the station's events are signed. */
  signingKey(): KeyObject;
  /** Private X25519 key with which the station opens what is sealed to it: work orders. */
  receivingKey(): KeyObject;
  /**
   * 32 secret bytes: `data` wraps the keys of what lies on the disk, `programme` makes pseudonyms of citizen numbers.
   * @throws StationFault `CONFIG_INVALID` when what is there is no such key
   */
  secret(name: 'data' | 'programme'): Uint8Array;
}
