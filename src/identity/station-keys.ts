import { createPublicKey, type KeyObject } from 'node:crypto';
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyRegistry, OpeningKeys, SealingKey, Signer } from '../contract/envelope/keys.ts';
import { STATION_KINDS } from '../contract/messages.ts';
import { keyName, publicJwk, type StationKey, trusted } from '../contract/trust.ts';
import { asFault, StationFault } from '../shared/fault.ts';
import { makeDemoServer } from './demo-server.ts';
import { FileKeyStore } from './file-key-store.ts';
import { readTrust } from './trust-file.ts';

/** Everything that the station signs, seals, derives and believes with. */
export interface StationKeys {
  readonly signer: Signer;
  /** The station's own public key, by which it checks what it wrote. */
  readonly own: KeyRegistry;
  /** Private X25519 key to which work orders are sealed. */
  readonly receiving: { readonly kid: string; readonly key: KeyObject };
  /** Opens what is sealed to {@link receiving}. */
  readonly opening: OpeningKeys;
  /** Wraps the keys of what lies on the disk, 32 bytes. */
  readonly dataKey: Uint8Array;
  /** Makes pseudonyms of citizen numbers, 32 bytes. */
  readonly programmeKey: Uint8Array;
  /** `undefined` = the station may not take visits; {@link trustFault} says why. */
  readonly trust: { readonly keys: KeyRegistry; readonly sealing: SealingKey } | undefined;
  readonly trustFault: StationFault | null;
}

export interface StationKeysOptions {
  /** The station's data folder; keys lie in `keys/` of it. */
  readonly dir: string;
  readonly station: string;
  /** A demonstration without a trust file makes a server's keys of its own, in `demo-server/`. */
  readonly isDemo: boolean;
}

/** Path of what the station believes of its server. */
export const trustPath = (dir: string) => join(dir, 'keys', 'trust.json');

/**
 * Opens the station's keys, making them on first use.
 * @throws StationFault `CONFIG_INVALID` when a key's file is broken: it is never replaced
 */
export function openStationKeys({ dir, station, isDemo }: StationKeysOptions): StationKeys {
  const store = new FileKeyStore(join(dir, 'keys'));
  keepOldProgrammeKey(dir);
  const key = store.signingKey();
  const signer: Signer = { kid: keyName(key), key };
  const receivingKey = store.receivingKey();
  const receiving = { kid: keyName(receivingKey), key: receivingKey };
  const verifier = { key: createPublicKey(key), station, kinds: STATION_KINDS, refusedFrom: null };
  return {
    signer,
    own: (kid) => (kid === signer.kid ? verifier : undefined),
    receiving,
    opening: (kid) => (kid === receiving.kid ? receivingKey : undefined),
    dataKey: store.secret('data'),
    programmeKey: store.secret('programme'),
    ...openTrust(dir, isDemo),
  };
}

/** What a server has to know of this station before it believes its events. Not secret. */
export function stationKey(
  { signer, receiving }: Pick<StationKeys, 'signer'> & Partial<Pick<StationKeys, 'receiving'>>,
  station: string,
): StationKey {
  return {
    station,
    signing: { ...publicJwk(signer.key, signer.kid), crv: 'Ed25519' },
    ...(receiving ? { receiving: { ...publicJwk(receiving.key, receiving.kid), crv: 'X25519' as const } } : {}),
  };
}

function openTrust(dir: string, isDemo: boolean): Pick<StationKeys, 'trust' | 'trustFault'> {
  const path = trustPath(dir);
  try {
    const trust = readTrust(path) ?? (isDemo ? readTrust(makeDemoServer(join(dir, 'demo-server'))) : undefined);
    if (trust) return { trust: trusted(trust), trustFault: null };
    return { trust: undefined, trustFault: new StationFault('TRUST_MISSING', path, 'no trust file') };
  } catch (error) {
    return { trust: undefined, trustFault: asFault(error, 'CONFIG_INVALID', path) };
  }
}

/** An older version kept it beside the data; with another one every citizen would have another pseudonym. */
function keepOldProgrammeKey(dir: string): void {
  const [old, now] = [join(dir, 'programme.key'), join(dir, 'keys', 'programme.key')];
  if (existsSync(old) && !existsSync(now)) renameSync(old, now);
}
