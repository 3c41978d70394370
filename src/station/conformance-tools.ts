import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSettings } from '../config/load-settings.ts';
import type { CheckResult } from '../conformance/kit.ts';
import { judgeIngest, judgeStation } from '../conformance/play.ts';
import { fromPublicJwk, stationKeySchema, trusted } from '../contract/trust.ts';
import { makeDemoServer } from '../identity/demo-server.ts';
import { privateKeyFile } from '../identity/file-key-store.ts';
import { openStationKeys, stationKey } from '../identity/station-keys.ts';
import { readTrust } from '../identity/trust-file.ts';
import { StationFault } from '../shared/fault.ts';
import { systemClock } from './clock.ts';
import { openDialler } from './link-registry.ts';

export type { CheckResult } from '../conformance/kit.ts';

interface KitOptions {
  readonly broker: string;
  /** Folder of the kit's own test keys. */
  readonly dir: string;
  /** Data folder whose settings say how to reach the broker: user, password, certificates. */
  readonly dataDir: string;
  /** Longest wait for one answer, ms. */
  readonly waitMs: number;
}

export type Kit =
  | { readonly kind: 'ready'; run(signal: AbortSignal): AsyncIterable<CheckResult> }
  /** The other side does not know the kit's keys yet: hand it this, and lay what it gives at `file`. */
  | { readonly kind: 'keys-missing'; readonly handOver: string; readonly file: string };

/** Plays the station `station` against an ingest. @throws StationFault `CONFIG_INVALID` */
export function ingestKit(options: KitOptions & { readonly station: string }): Kit {
  const { dir, station, waitMs } = options;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const { signer } = openStationKeys({ dir, station, isDemo: false });
  const file = join(dir, 'trust.json');
  const trust = readTrust(file);
  if (!trust) return { kind: 'keys-missing', handOver: JSON.stringify(stationKey({ signer }, station), null, 2), file };
  const { keys, sealing } = trusted(trust);
  return {
    kind: 'ready',
    async *run(signal) {
      const dialler = await dial(options, station);
      yield* judgeIngest({ dialler, identity: { station, signer, sealing }, keys, waitMs }, signal);
    },
  };
}

/** Plays a server against a station. @param file the station's public key, as `identity show` prints it @throws StationFault `CONFIG_INVALID` */
export function stationKit(
  options: KitOptions & { readonly file: string | undefined; readonly events: number; readonly resendMs: number },
): Kit {
  const { dir, file, events, waitMs, resendMs } = options;
  const trustFile = makeDemoServer(dir);
  const server = readTrust(trustFile)?.server ?? [];
  if (file === undefined)
    return { kind: 'keys-missing', handOver: readFileSync(trustFile, 'utf8').trim(), file: 'FILE' };
  const { station, signing } = readStationKey(file);
  const key = { key: fromPublicJwk(signing), station, kinds: ['event'] as const, refusedFrom: null };
  const signer = (name: string, kind: 'ack' | 'cmd') => ({
    kid: server.find(({ kinds }) => kinds.includes(kind))?.kid ?? '',
    key: privateKeyFile(join(dir, `${name}.pem`), 'ed25519'),
  });
  return {
    kind: 'ready',
    async *run(signal) {
      const dialler = await dial(options, 'thuengban-conformance');
      const keys = (kid: string) => (kid === signing.kid ? key : undefined);
      const [acknowledging, controlling] = [signer('acknowledging', 'ack'), signer('controlling', 'cmd')];
      yield* judgeStation({ dialler, station, keys, acknowledging, controlling, events, waitMs, resendMs }, signal);
    },
  };
}

function dial({ broker, dataDir }: KitOptions, clientId: string) {
  return openDialler(loadSettings(dataDir).settings, broker, clientId, systemClock('trusted'));
}

function readStationKey(file: string) {
  try {
    if (existsSync(file)) return stationKeySchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new StationFault('CONFIG_INVALID', file, 'no public key of a station (thuengban identity show)', { cause });
  }
  throw new StationFault('CONFIG_INVALID', file, 'not there');
}
