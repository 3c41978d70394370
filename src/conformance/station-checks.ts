import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Command, CommandName } from '../contract/down.ts';
import { type BelievedEvent, readEvent } from '../contract/envelope/event.ts';
import { parseJson } from '../contract/envelope/jws.ts';
import type { KeyRegistry, Signer } from '../contract/envelope/keys.ts';
import { signAcknowledgement, signServerWord } from '../contract/envelope/server-word.ts';
import { judgePlace } from '../contract/place.ts';
import { downTopic, upTopic } from '../contract/topics.ts';
import { infoSchema, resultSchema, statusSchema } from '../contract/up.ts';
import { Breach, type Check } from './kit.ts';
import type { Peer } from './peer.ts';

export interface StationContext {
  readonly station: string;
  /** Holds the station's key. */
  readonly keys: KeyRegistry;
  /** Signs acknowledgements; the station trusts it for nothing else. */
  readonly acknowledging: Signer;
  /** Signs commands and settings. */
  readonly controlling: Signer;
  readonly peer: Peer;
  /** Events to wait for, at least. */
  readonly events: number;
  /** How long an answer may take, ms. */
  readonly waitMs: number;
  /** How long the station may wait before it sends again what is not acknowledged, ms. */
  readonly resendMs: number;
  /** Above every `cmdSeq` and `rev` that this station has taken. */
  nextNumber(): number;
}

type StationCheck = Check<StationContext>;

/** The kit plays a server that acknowledges nothing until it is asked to; somebody makes visits at the station meanwhile. */
export const STATION_CHECKS: readonly StationCheck[] = [
  {
    id: 'status',
    clauses: ['TB-MSG-005', 'TB-MSG-070'],
    says: { th: 'บอกว่าออนไลน์', en: 'Says online, retained, in `status`' },
    async run(context) {
      await said(context, 'status', statusSchema, 'state online', ({ state }) => state === 'online');
    },
  },
  {
    id: 'info',
    clauses: ['TB-MSG-005', 'TB-MSG-070'],
    says: { th: 'บอกรุ่นและสภาพ', en: 'Tells versions, parts and outbox in `info`' },
    async run(context) {
      await said(context, 'info', infoSchema, 'of the schema', () => true);
    },
  },
  {
    id: 'events',
    clauses: ['TB-MSG-020', 'TB-MSG-026', 'TB-MSG-032', 'TB-MSG-033', 'TB-MSG-040'],
    says: {
      th: 'เหตุการณ์มีลายเซ็น เข้ารหัส และต่อกัน',
      en: 'Publishes events that are signed, sealed where they must be, and linked',
    },
    async run(context) {
      await context.peer.waitFor(`${context.events} events: make a visit now`, context.waitMs, () =>
        new Set(eventsOf(context).map(({ hash }) => hash)).size >= context.events ? true : undefined,
      );
      requireChain(eventsOf(context));
    },
  },
  {
    id: 'sends-again',
    clauses: ['TB-MSG-052', 'TB-MSG-055', 'TB-MSG-056'],
    says: {
      th: 'ไม่เชื่อการยืนยันปลอม และส่งซ้ำเหมือนเดิมทุกไบต์',
      en: 'Believes no forged acknowledgement, and sends again, byte for byte, what nobody acknowledged',
    },
    async run(context) {
      const { peer, resendMs } = context;
      const [oldest] = eventsOf(context);
      if (!oldest) throw new Breach('there is no event to be sent again');
      const all = highest(context);
      await acknowledge(context, { ...all, upto: 0, head: null });
      const stranger = { ...context.acknowledging, key: generateKeyPairSync('ed25519').privateKey };
      await acknowledge({ ...context, acknowledging: stranger }, all);
      // The key that gives commands must not be able to acknowledge.
      await acknowledge({ ...context, acknowledging: context.controlling }, all);
      const from = peer.heard.length;
      await peer.waitFor(
        `event ${oldest.envelope.seq} again, as it was`,
        resendMs,
        ({ topic, payload }) => {
          if (topic !== upTopic(context.station, 'ev')) return undefined;
          const read = believed(context, payload);
          const isSame = read.envelope.seq === oldest.envelope.seq && read.envelope.epoch === oldest.envelope.epoch;
          if (isSame && read.hash !== oldest.hash) throw new Breach('an event sent again is another one');
          return isSame ? true : undefined;
        },
        from,
      );
    },
  },
  {
    id: 'settles',
    clauses: ['TB-MSG-055'],
    says: { th: 'หยุดส่งเมื่อได้รับการยืนยันจริง', en: 'Settles what is truly acknowledged' },
    async run(context) {
      const all = highest(context);
      await acknowledge(context, all);
      const from = context.peer.heard.length;
      await give(context, 'report');
      await said(context, 'info', infoSchema, 'an empty outbox', ({ outbox }) => outbox.unsettled === 0, from);
    },
  },
  {
    id: 'commands',
    clauses: ['TB-MSG-024', 'TB-MSG-060', 'TB-MSG-061', 'TB-MSG-062', 'TB-MSG-064'],
    says: {
      th: 'ทำเฉพาะคำสั่งที่ลงนาม ตรงเวลา ไม่ซ้ำ และอยู่ในรายการ',
      en: 'Obeys commands that are signed, new, in time and of the list, and no others',
    },
    async run(context) {
      const obeyed = await give(context, 'report');
      await answered(context, obeyed, 'done');
      const past = { notBefore: new Date(0).toISOString(), expires: new Date(1).toISOString() };
      const refusedOnes = [
        await give(context, 'report', past),
        await give(context, 'report', { cmdSeq: obeyed.cmdSeq }),
        await give(context, 'format-disk' as CommandName),
        await give(context, 'report', { station: 'st-another' }),
        await give({ ...context, controlling: context.acknowledging }, 'report'),
      ];
      // The next good one is answered after them: what was not answered as done until then is refused.
      await answered(context, await give(context, 'report'), 'done');
      const done = refusedOnes.filter(({ id }) =>
        results(context).some((one) => one.id === id && one.result === 'done'),
      );
      if (done.length > 0)
        throw new Breach(`obeyed: ${done.map(({ name, cmdSeq }) => `${name} ${cmdSeq}`).join(', ')}`);
    },
  },
  {
    id: 'config',
    clauses: ['TB-MSG-063'],
    says: { th: 'ไม่ย้อนกลับไปใช้ค่าตั้งเก่า', en: 'Reports the revision of settings in force, and never goes back' },
    async run(context) {
      const rev = context.nextNumber();
      await settings(context, rev);
      await said(context, 'info', infoSchema, `revision ${rev}`, ({ config }) => config?.rev === rev);
      await settings(context, rev - 1);
      const from = context.peer.heard.length;
      await give(context, 'report');
      await said(context, 'info', infoSchema, `revision ${rev} still`, ({ config }) => config?.rev === rev, from);
    },
  },
];

function believed({ station, keys }: StationContext, payload: Uint8Array): BelievedEvent {
  const read = readEvent(payload, { station, keys, nowMs: Date.now() });
  if (read.kind === 'refused') throw new Breach(`an event that cannot be believed: ${read.code} ${read.detail}`);
  return read;
}

/** Every event heard, in the order of arrival. @throws Breach at one that cannot be believed */
function eventsOf(context: StationContext): readonly BelievedEvent[] {
  const topic = upTopic(context.station, 'ev');
  return context.peer.heard.filter((heard) => heard.topic === topic).map(({ payload }) => believed(context, payload));
}

function requireChain(events: readonly BelievedEvent[]): void {
  const known = new Map<string, BelievedEvent>();
  const at = (epoch: string, seq: number) => known.get(`${epoch} ${seq}`);
  for (const event of events) {
    const { station, epoch, seq, prev } = event.envelope;
    const place = { station, epoch, seq, prev, hash: event.hash };
    const judged = judgePlace(place, {
      same: at(epoch, seq)?.hash,
      before: at(epoch, seq - 1)?.hash,
      afterPrev: at(epoch, seq + 1)?.envelope.prev ?? undefined,
    });
    if (typeof judged === 'object') throw new Breach(`${judged.code}: ${judged.detail}`);
    known.set(`${epoch} ${seq}`, event);
  }
}

function highest(context: StationContext) {
  const events = eventsOf(context);
  const epoch = events.at(-1)?.envelope.epoch ?? '';
  const last = events
    .filter((one) => one.envelope.epoch === epoch)
    .reduce((most, one) => (one.envelope.seq > most.envelope.seq ? one : most));
  return { epoch, upto: last.envelope.seq, head: last.hash as string | null };
}

async function acknowledge(
  { peer, station, acknowledging }: StationContext,
  what: { readonly epoch: string; readonly upto: number; readonly head: string | null },
): Promise<void> {
  const word = { station, ...what, gaps: [], quarantined: [], at: new Date().toISOString() };
  await peer.publish(downTopic(station, 'ack'), signAcknowledgement(word, acknowledging), { retain: true });
}

async function give(context: StationContext, name: CommandName, change: Partial<Command> = {}): Promise<Command> {
  const now = Date.now();
  const command: Command = {
    station: context.station,
    id: randomUUID(),
    cmdSeq: context.nextNumber(),
    name,
    args: {},
    notBefore: new Date(now - 60_000).toISOString(),
    expires: new Date(now + 60_000).toISOString(),
    ...change,
  };
  await context.peer.publish(downTopic(context.station, 'cmd'), signServerWord('cmd', command, context.controlling));
  return command;
}

async function settings(context: StationContext, rev: number): Promise<void> {
  const { station, peer, controlling } = context;
  const word = { station, rev, doc: { settings: {} }, at: new Date().toISOString() };
  await peer.publish(downTopic(station, 'config'), signServerWord('config', word, controlling), { retain: true });
}

function results({ peer, station }: StationContext): readonly z.infer<typeof resultSchema>[] {
  return peer.heard
    .filter(({ topic }) => topic === upTopic(station, 'res'))
    .map(({ payload }) => resultSchema.parse(parseJson(payload)));
}

async function answered(context: StationContext, { id, name }: Command, result: string): Promise<void> {
  await said(context, 'res', resultSchema, `${name} ${result}`, (one) => one.id === id && one.result === result);
}

/** The first message of a channel that `isWanted`; one that is not of its schema is a breach by itself. */
function said<Schema extends z.ZodType>(
  { peer, station, waitMs }: StationContext,
  channel: 'status' | 'info' | 'res',
  schema: Schema,
  what: string,
  isWanted: (said: z.output<Schema>) => boolean,
  from = 0,
): Promise<z.output<Schema>> {
  return peer.waitFor(
    `${channel}: ${what}`,
    waitMs,
    ({ topic, payload }) => {
      if (topic !== upTopic(station, channel)) return undefined;
      const parsed = schema.safeParse(parseJson(payload));
      if (!parsed.success) throw new Breach(`${channel} is not of its schema`);
      return isWanted(parsed.data) ? parsed.data : undefined;
    },
    from,
  );
}
