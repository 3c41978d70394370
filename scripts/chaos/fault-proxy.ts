import { createServer, connect as dial, type Socket } from 'node:net';
import { type CutPacket, MqttCutter } from './mqtt-cutter.ts';
import { type LineShape, shapedPipe } from './shaped-pipe.ts';

export interface Faults extends LineShape {
  /** New connections are reset. */
  readonly isRefusing: boolean;
  /** Mean life of a connection, ms, before it is cut; `null` = it lives. */
  readonly killAfterMs: number | null;
  /** MQTT packets that are lost on the way; only for plain MQTT, since nobody sees into TLS. `null` = none. */
  readonly swallow: ((packet: CutPacket, direction: 'up' | 'down') => boolean) | null;
}

export const NO_FAULTS: Faults = {
  delayMs: 0,
  bitsPerSecond: null,
  isBlackHole: false,
  isRefusing: false,
  killAfterMs: null,
  swallow: null,
};

export interface FaultProxy extends AsyncDisposable {
  readonly port: number;
  /** From now on; `delayMs` is one way, so that half a round trip stands here. */
  set(change: Partial<Faults>): void;
  /** Resets every connection. @returns how many there were */
  cut(): number;
  readonly counts: { connections: number; cut: number; swallowed: number; bytesUp: number; bytesDown: number };
}

/**
 * A TCP proxy on loopback that makes the line behind it as bad as asked for. The same seed makes the same faults as long as the
 * traffic is the same.
 * @param options.random 0 … 1, seeded by the caller
 */
export async function startFaultProxy(options: {
  readonly targetPort: number;
  readonly port?: number;
  readonly random: () => number;
  readonly faults?: Partial<Faults>;
}): Promise<FaultProxy> {
  let faults: Faults = { ...NO_FAULTS, ...options.faults };
  const counts = { connections: 0, cut: 0, swallowed: 0, bytesUp: 0, bytesDown: 0 };
  const lines = new Set<{ readonly look: () => void; readonly reset: () => void }>();

  const filterOf = (direction: 'up' | 'down') => {
    const cutter = new MqttCutter();
    // Framing is lost where a stream is looked at from its middle on: once plain, it stays plain.
    const isCut = faults.swallow !== null;
    return (chunk: Buffer): readonly Buffer[] => {
      if (direction === 'up') counts.bytesUp += chunk.length;
      else counts.bytesDown += chunk.length;
      if (!isCut) return [chunk];
      const packets = cutter.push(chunk);
      const kept = packets.filter((packet) => !faults.swallow?.(packet, direction));
      counts.swallowed += packets.length - kept.length;
      return kept.map(({ bytes }) => bytes);
    };
  };

  const accept = (near: Socket) => {
    if (faults.isRefusing) return void near.resetAndDestroy();
    counts.connections += 1;
    const far = dial(options.targetPort, '127.0.0.1');
    const pipes = [
      shapedPipe(near, far, () => faults, filterOf('up')),
      shapedPipe(far, near, () => faults, filterOf('down')),
    ];
    const end = (how: 'destroy' | 'resetAndDestroy') => {
      clearTimeout(timer);
      lines.delete(line);
      for (const pipe of pipes) pipe.stop();
      for (const socket of [near, far]) socket[how]();
    };
    const line = { look: () => pipes.map(({ look }) => look()), reset: () => end('resetAndDestroy') };
    lines.add(line);
    const { killAfterMs } = faults;
    const timer =
      killAfterMs === null
        ? undefined
        : setTimeout(
            () => {
              counts.cut += 1;
              line.reset();
            },
            // Exponential: as likely in the first moment as in any other.
            -Math.log(1 - options.random()) * killAfterMs,
          );
    for (const socket of [near, far]) {
      socket.setNoDelay(true);
      socket.on('error', () => end('destroy'));
      socket.on('close', () => end('destroy'));
    }
  };
  const server = createServer({ allowHalfOpen: true }, accept);
  const listening = Promise.withResolvers<void>();
  server.once('error', listening.reject);
  server.listen(options.port ?? 0, '127.0.0.1', listening.resolve);
  await listening.promise;
  const address = server.address();
  return {
    port: typeof address === 'object' ? (address?.port ?? 0) : 0,
    counts,
    set(change) {
      faults = { ...faults, ...change };
      for (const { look } of lines) look();
    },
    cut() {
      const all = [...lines];
      for (const { reset } of all) reset();
      counts.cut += all.length;
      return all.length;
    },
    async [Symbol.asyncDispose]() {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      for (const { reset } of [...lines]) reset();
      await closed.promise;
    },
  };
}
