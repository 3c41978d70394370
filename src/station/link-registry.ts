import type { Settings } from '../config/settings.ts';
import type { BrokerDialler } from '../publish/port.ts';
import type { Clock } from '../shared/clock.ts';

/** Drivers of the link. */
export async function openDialler(
  { uplink }: Pick<Settings, 'uplink'>,
  url: string,
  clientId: string,
  clock: Clock,
): Promise<BrokerDialler> {
  const { mqttDialler } = await import('../publish/drivers/mqtt/mqtt-dialler.ts');
  return mqttDialler({ url, clientId, config: uplink, nowMs: () => clock.now().getTime(), clock: () => clock.state });
}

/** When the station's certificate ends; looked up at each call, since it may be exchanged. `null` = it has none. */
export async function certificateEndsAt({ uplink }: Pick<Settings, 'uplink'>): Promise<() => string | null> {
  const { certificateEnd } = await import('../publish/drivers/mqtt/tls-files.ts');
  return () => {
    const end = certificateEnd(uplink.tls);
    return end === undefined ? null : new Date(end).toISOString();
  };
}

export async function startDemoBroker(port: number, signal: AbortSignal) {
  const { startMosquitto } = await import('../publish/drivers/mosquitto/mosquitto.ts');
  return startMosquitto(port, signal);
}
