import { join } from 'node:path';
import { z } from 'zod';
import { KeptFile } from '../config/kept-file.ts';
import { applyRemoteSettings, forbiddenPlaces } from '../config/remote-settings.ts';
import type { DesiredConfig } from '../contract/down.ts';
import type { Configured, StationControl } from '../publish/port.ts';
import { asFault } from '../shared/fault.ts';

export interface RemoteControlOptions {
  readonly dataDir: string;
  /** Whether somebody is being served. */
  readonly isIdle: () => boolean;
  /** Told after each change of the visit; returns the way to stop. */
  readonly onVisitChange: (listener: () => void) => () => void;
  /** Ends the station so that it is started anew. Called once, between two visits. */
  readonly restart: () => void;
}

/** Which settings are the server's, and its programmes. */
const kept = z.object({ places: z.array(z.string()), programmes: z.array(z.record(z.string(), z.unknown())) });
/** Programmes in all, as JSON. */
const MOST_PROGRAMME_BYTES = 256 * 1024;

/** Carries out what the server may ask of the station. */
export function remoteControl(options: RemoteControlOptions): StationControl {
  const { dataDir, isIdle, onVisitChange, restart } = options;
  const file = new KeptFile(join(dataDir, 'remote.json'), kept);
  let isWaiting = false;
  return {
    restart() {
      if (isWaiting) return;
      isWaiting = true;
      const look = () => {
        if (!isIdle()) return;
        stop();
        restart();
      };
      const stop = onVisitChange(look);
      // Not within the message that asked for it.
      setImmediate(look);
    },
    configure: (config) => configure(dataDir, file, config),
  };
}

/** Settings are written last: a station that ends before takes the same revision again. */
function configure(dataDir: string, file: KeptFile<z.infer<typeof kept>>, { doc }: DesiredConfig): Configured {
  const forbidden = forbiddenPlaces(doc.settings);
  if (forbidden.length > 0)
    return { kind: 'refused', code: 'not-allowed', detail: forbidden.slice(0, 5).join(', ').slice(0, 200) };
  if (JSON.stringify(doc.programmes).length > MOST_PROGRAMME_BYTES)
    return { kind: 'refused', code: 'too-large', detail: 'programmes' };
  try {
    const before = file.read()?.places ?? [];
    const { places, isChanged } = applyRemoteSettings(dataDir, doc.settings, before);
    file.write({ places: [...places], programmes: doc.programmes });
    return { kind: isChanged ? 'after-restart' : 'in-force' };
  } catch (error) {
    const { code, message } = asFault(error, 'INTERNAL', dataDir);
    return { kind: 'refused', code, detail: message };
  }
}
