import { downTopic } from '../contract/topics.ts';
import { StationFault } from '../shared/fault.ts';
import { orAbort } from '../shared/wait.ts';
import { signedWatermark } from './chains.ts';
import type { BatchCounts, Committed } from './commit-batch.ts';
import { Committer } from './committer.ts';
import { KeyRegister } from './key-register.ts';
import { migrate } from './migrate.ts';
import { Months } from './months.ts';
import type { LinkChange } from './mqtt/keep-connected.ts';
import type { Broker } from './mqtt/packets.ts';
import { type HeldMessage, ShardSession } from './mqtt/shard-session.ts';
import { Speaker } from './mqtt/speaker.ts';
import { DatabaseAway, type HubDatabase } from './port.ts';
import { rateHint } from './rate-hint.ts';
import { acknowledgingSigner } from './server-keys.ts';

/** What an ingest tells whoever runs it. Nothing of it holds a word of a message. */
export type IngestEvent =
  | { readonly kind: 'ready'; readonly shards: number }
  | { readonly kind: 'database'; readonly isThere: boolean; readonly detail: string }
  | { readonly kind: 'broker'; readonly shard: number | null; readonly isThere: boolean; readonly detail: string }
  | { readonly kind: 'alarm'; readonly alarm: string }
  | { readonly kind: 'batch'; readonly counts: BatchCounts };

export interface IngestOptions {
  readonly broker: Broker;
  readonly database: HubDatabase;
  /** Folder of `thuengban hub keys`: the acknowledging key and the register of stations are read from it, nothing else. */
  readonly dir: string;
  /** 0 … 63; each shard belongs to one ingest at a time. */
  readonly shards: readonly number[];
  /** Name at the broker, one for each process. */
  readonly name: string;
  readonly nowMs: () => number;
  readonly random: () => number;
  report(event: IngestEvent): void;
}

/** Most messages of one transaction. */
const BATCH = 1_000;
const CLOSE_LIMIT_MS = 2_000;

/**
 * Takes what the stations of some shards publish: judge, commit, PUBACK, signed watermark, in this order. Runs until `signal`
 * aborts; then what is being committed is committed and acknowledged, and the rest stays with the broker.
 * @throws StationFault `HUB_KEYS`, `HUB_REGISTER`, `HUB_DATABASE_AWAY` before it is ready, never after
 */
export async function runIngest(options: IngestOptions, signal: AbortSignal): Promise<void> {
  const { broker, database, dir, random, nowMs, report } = options;
  const signer = acknowledgingSigner(dir);
  const register = new KeyRegister(database, dir);
  const months = new Months(database);
  await prepared(database, register, months, nowMs());

  const bell = new Bell();
  const shards = options.shards.map((shard) => new ShardSession(shard, broker, () => bell.ring()));
  const speaker = new Speaker(broker, options.name, random, nowMs);
  let isDatabaseThere = true;
  const over = new AbortController();
  const committer = new Committer({
    database,
    register,
    months,
    nowMs,
    random,
    onDatabase(detail) {
      const isThere = detail === null;
      if (isThere === isDatabaseThere) return;
      isDatabaseThere = isThere;
      for (const shard of shards) shard.setHalted(!isThere);
      speaker.setState(isThere ? 'online' : 'offline');
      report({ kind: 'database', isThere, detail: detail ?? '' });
    },
  });

  const connected = new Set<number>();
  const links = [
    speaker.run(linkReport(report, null), over.signal),
    ...shards.map((session) =>
      session.run(
        (change) => {
          linkReport(report, session.shard)(change);
          if (change.kind !== 'connected' || connected.size === shards.length) return;
          connected.add(session.shard);
          if (connected.size < shards.length) return;
          // From here on nothing that a station sends is without a session to wait in.
          speaker.setState('online');
          report({ kind: 'ready', shards: shards.length });
        },
        random,
        over.signal,
      ),
    ),
  ];

  const hint = rateHint();
  const settle = (messages: readonly HeldMessage[], done: readonly Committed[]) => {
    acknowledge(messages);
    for (const { chains, counts, alarms } of done) {
      hint.committed(counts.events, chains, performance.now());
      const rate = hint.value(shards);
      for (const chain of chains)
        speaker.say(downTopic(chain.station, 'ack'), () => signedWatermark(chain, signer, rate, nowMs()));
      for (const alarm of alarms) report({ kind: 'alarm', alarm });
      report({ kind: 'batch', counts });
    }
  };

  let before: Promise<void> = Promise.resolve();
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => undefined);
  try {
    for (;;) {
      const messages = takeFairly(shards, BATCH);
      if (messages.length === 0) {
        await orAbort(Promise.race([bell.next(), failed.promise]), signal);
        continue;
      }
      // One batch is judged while the one before is committed.
      const judged = await committer.judge(messages, signal);
      await before;
      signal.throwIfAborted();
      before = committer.commit(judged, messages, signal).then((done) => settle(messages, done));
      before.catch(failed.reject);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await before.catch(() => undefined);
    speaker.setState('offline');
    await Promise.all([speaker.close(CLOSE_LIMIT_MS), ...shards.map((shard) => shard.close(CLOSE_LIMIT_MS))]);
    over.abort();
    await Promise.all(links);
  }
}

async function prepared(database: HubDatabase, register: KeyRegister, months: Months, nowMs: number): Promise<void> {
  try {
    await migrate(database, 'hub');
    await months.ensure(nowMs);
    await register.refresh();
  } catch (cause) {
    if (!(cause instanceof DatabaseAway)) throw cause;
    throw new StationFault('HUB_DATABASE_AWAY', database.name, cause.message, { cause });
  }
}

/** A part of every shard that has something, so that a flood in one keeps no other waiting. */
function takeFairly(shards: readonly ShardSession[], limit: number): readonly HeldMessage[] {
  const full = shards.filter(({ buffered }) => buffered > 0);
  return full.flatMap((shard) => shard.take(Math.ceil(limit / full.length)));
}

/** PUBACK, after the commit and never before. */
function acknowledge(messages: readonly HeldMessage[]): void {
  const byConnection = Map.groupBy(
    messages.filter(({ id }) => id !== 0),
    ({ connection }) => connection,
  );
  for (const [connection, held] of byConnection) connection.acknowledge(held.map(({ id }) => id));
}

function linkReport(report: IngestOptions['report'], shard: number | null): (change: LinkChange) => void {
  return (change) => {
    const isThere = change.kind === 'connected';
    report({ kind: 'broker', shard, isThere, detail: isThere ? '' : change.detail });
  };
}

/** Rings for whoever waits; rung while nobody waits, it rings for the next. */
class Bell {
  #rung = Promise.withResolvers<void>();

  ring(): void {
    this.#rung.resolve();
  }

  async next(): Promise<void> {
    await this.#rung.promise;
    this.#rung = Promise.withResolvers();
  }
}
