import { StationFault } from '../../shared/fault.ts';
import { MqttConnection, type Outgoing } from './connection.ts';
import type { Broker } from './packets.ts';

/** From here on a PUBACK's reason code refuses (MQTT 5 §3.4.2.1). */
const REFUSED_FROM = 0x80;
const GOODBYE_MS = 1_000;

/**
 * Publishes one retained message over a connection of its own.
 * @throws StationFault `BROKER_UNREACHABLE`, `BROKER_REFUSED`
 */
export async function publishRetained(
  broker: Broker,
  clientId: string,
  message: Outgoing,
  signal: AbortSignal,
): Promise<void> {
  const { host } = new URL(broker.url);
  const options = { clientId, sessionExpiryS: 0, receiveMaximum: 1, will: null, onMessage: () => undefined };
  let reason: number;
  try {
    const connection = await MqttConnection.open(broker, options, signal);
    try {
      reason = await connection.publish(message, signal);
    } finally {
      await connection.close(GOODBYE_MS);
    }
  } catch (cause) {
    throw new StationFault('BROKER_UNREACHABLE', host, (cause as Error).message, { cause });
  }
  if (reason >= REFUSED_FROM) throw new StationFault('BROKER_REFUSED', host, `reason 0x${reason.toString(16)}`);
}
