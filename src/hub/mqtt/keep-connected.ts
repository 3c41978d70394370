import { backOffMs, orAbort, pause } from '../../shared/wait.ts';
import { ConnectionEnded, type MqttConnection } from './connection.ts';

/** How a connection is doing. */
export type LinkChange =
  | { readonly kind: 'connected'; readonly connection: MqttConnection }
  | { readonly kind: 'away'; readonly detail: string; readonly isTakenOver: boolean };

const BASE_MS = 250;
const MAX_MS = 30_000;
/** Another client took the session over (MQTT 5 §4.13): another ingest has this shard. Not to be fought over. */
const SESSION_TAKEN_OVER = 0x8e;
const TAKEN_OVER_WAIT_MS = 60_000;

/** Keeps a connection for as long as `signal` allows: dials again after a growing, random wait. */
export async function keepConnected(
  dial: (signal: AbortSignal) => Promise<MqttConnection>,
  onChange: (change: LinkChange) => void,
  random: () => number,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 0; !signal.aborted; attempt++) {
    let end: ConnectionEnded;
    try {
      const connection = await dial(signal);
      attempt = 0;
      onChange({ kind: 'connected', connection });
      end = await orAbort(connection.ended, signal);
    } catch (error) {
      if (signal.aborted) return;
      end = error instanceof ConnectionEnded ? error : new ConnectionEnded(String(error), null, { cause: error });
    }
    const isTakenOver = end.reasonCode === SESSION_TAKEN_OVER;
    onChange({ kind: 'away', detail: end.message, isTakenOver });
    const waitMs = isTakenOver
      ? TAKEN_OVER_WAIT_MS * (1 + random())
      : Math.max(BASE_MS / 5, backOffMs(attempt, BASE_MS, MAX_MS, random));
    await pause(waitMs, signal);
  }
}
