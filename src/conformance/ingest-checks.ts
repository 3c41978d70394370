import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { ingestStateSchema, type SignedAcknowledgement } from '../contract/down.ts';
import { type EventFields, signEvent } from '../contract/envelope/event.ts';
import { parseJson, signStatement } from '../contract/envelope/jws.ts';
import type { KeyRegistry } from '../contract/envelope/keys.ts';
import { readAcknowledgement } from '../contract/envelope/server-word.ts';
import { INGEST_STATE_TOPIC, topicsOf } from '../contract/topics.ts';
import { isHeld } from '../contract/watermark.ts';
import type { IncomingMessage } from '../publish/port.ts';
import { Breach, type Check } from './kit.ts';
import type { Peer } from './peer.ts';
import { sealedVisit, type TestEvent, type TestIdentity, testChain, testEvent } from './test-station.ts';

export interface IngestContext {
  readonly identity: TestIdentity;
  /** The server's keys, as its trust file names them. */
  readonly keys: KeyRegistry;
  readonly peer: Peer;
  /** Another connection of the same station, for what a broker has retained. */
  redial(): Promise<Peer>;
  /** How long an acknowledgement may take. */
  readonly waitMs: number;
}

type IngestCheck = Check<IngestContext>;

const BURST = 200;
const TOO_LARGE = 64 * 1024 + 1;

/** The kit plays a station; the ingest under test must have its key registered. */
export const INGEST_CHECKS: readonly IngestCheck[] = [
  {
    id: 'state',
    clauses: ['TB-MSG-005'],
    says: { th: 'บอกว่าเซิร์ฟเวอร์พร้อมรับ และข้อความนั้นค้างไว้ที่ broker', en: 'Says online, retained, in `srv/state`' },
    async run({ peer, waitMs }) {
      await peer.waitFor('srv/state online', waitMs, ({ topic, payload }) => {
        const said = topic === INGEST_STATE_TOPIC ? ingestStateSchema.safeParse(parseJson(payload)) : undefined;
        return said?.success && said.data.state === 'online' ? true : undefined;
      });
    },
  },
  {
    id: 'acknowledges',
    clauses: ['TB-MSG-050', 'TB-MSG-052'],
    says: { th: 'ยืนยันด้วยลายเซ็นหลังบันทึก', en: 'Acknowledges by a signed watermark' },
    async run(context) {
      const events = testChain(context.identity, 3);
      await send(context, events);
      const { head } = await held(context, events, 3);
      if (head !== undefined && head !== events[2]?.hash)
        throw new Breach('the head is not the hash of the last event');
    },
  },
  {
    id: 'duplicates',
    clauses: ['TB-MSG-041'],
    says: { th: 'รับเหตุการณ์ซ้ำโดยไม่นับซ้ำ', en: 'Takes a duplicate without complaint, and acknowledges it again' },
    async run(context) {
      const events = testChain(context.identity, 2);
      await send(context, [...events, ...events]);
      await held(context, events, 2);
      const from = context.peer.heard.length;
      await send(context, events);
      const { quarantined } = await held(context, events, 2, from);
      if (quarantined.length > 0) throw new Breach('a duplicate was quarantined');
    },
  },
  {
    id: 'gaps',
    clauses: ['TB-MSG-050', 'TB-MSG-053'],
    says: { th: 'บอกช่วงที่ยังขาด', en: 'Names what is missing, until it comes' },
    async run(context) {
      const events = testChain(context.identity, 5);
      const at = (...seqs: readonly number[]) => events.filter(({ seq }) => seqs.includes(seq));
      await send(context, at(1, 2, 5));
      await acknowledged(
        context,
        events,
        'upto 5 without 3 and 4',
        (ack) => ack.upto === 5 && !isHeld(ack, 3) && !isHeld(ack, 4),
      );
      await send(context, at(4, 3));
      await held(context, events, 5);
    },
  },
  {
    id: 'forks',
    clauses: ['TB-MSG-042'],
    says: { th: 'สองเหตุการณ์ในลำดับเดียวกันถูกกันไว้ ไม่เขียนทับ', en: 'Quarantines a fork, and never overwrites what it holds' },
    async run(context) {
      const events = testChain(context.identity, 2);
      await send(context, events);
      await held(context, events, 2);
      const [first] = events;
      if (first) await send(context, [testEvent(context.identity, { epoch: first.epoch, seq: 2, prev: first.hash })]);
      const ack = await quarantined(context, events, 2, 'fork');
      if (ack.head !== undefined && ack.head !== events[1]?.hash)
        throw new Breach('the fork took the place of the event');
    },
  },
  {
    id: 'broken-chain',
    clauses: ['TB-MSG-043'],
    says: { th: 'เหตุการณ์ที่ไม่ต่อกันถูกกันไว้', en: 'Quarantines an event that does not follow from the one before' },
    async run(context) {
      const events = testChain(context.identity, 1);
      const [first] = events;
      if (!first) return;
      await send(context, events);
      await held(context, events, 1);
      await send(context, [testEvent(context.identity, { epoch: first.epoch, seq: 2, prev: '0'.repeat(64) })]);
      await quarantined(context, events, 2, 'chain-broken');
    },
  },
  {
    id: 'unknown-type',
    clauses: ['TB-MSG-011', 'TB-MSG-012'],
    says: { th: 'เก็บเหตุการณ์ชนิดที่ยังไม่รู้จัก', en: 'Keeps an event of a type that it does not know' },
    async run(context) {
      const events = testChain(context.identity, 1);
      const change = { type: 'th.thuengban.conformance.unknown.v1', data: { anything: [1, { else: true }] } };
      await send(context, [...events, following(context, events, change)]);
      await held(context, events, 2);
    },
  },
  {
    id: 'unknown-major',
    clauses: ['TB-MSG-010'],
    says: {
      th: 'เหตุการณ์ของรุ่นใหม่กว่าถูกเก็บและยืนยัน',
      en: 'Keeps an event of a newer major version as a dead letter, and acknowledges it',
    },
    async run(context) {
      const events = testChain(context.identity, 1);
      await send(context, [...events, following(context, events, { type: 'th.thuengban.station.tested.v2' })]);
      await acknowledged(
        context,
        events,
        'seq 2 held or quarantined',
        (ack) => isHeld(ack, 2) || isQuarantined(ack, 2),
      );
    },
  },
  {
    id: 'sealed',
    clauses: ['TB-MSG-026'],
    says: { th: 'รับข้อมูลที่เข้ารหัส ไม่รับข้อมูลบุคคลที่ไม่เข้ารหัส', en: 'Takes a sealed visit, and refuses one in the clear' },
    async run(context) {
      const [first] = testChain(context.identity, 1);
      if (!first) return;
      const visit = await sealedVisit(context.identity, first);
      const events = [first, visit];
      await send(context, events);
      await held(context, events, 2);
      await send(context, [inTheClear(context, visit)]);
      await quarantined(context, events, 3, 'in-the-clear');
    },
  },
  {
    id: 'poison',
    clauses: ['TB-MSG-022', 'TB-MSG-023', 'TB-MSG-031', 'TB-MSG-033'],
    says: {
      th: 'ข้อความเสียหรือปลอมไม่ถูกเชื่อ และไม่ขวางข้อความถัดไป',
      en: 'Believes nothing broken or forged, and is not held up by it',
    },
    async run(context) {
      const events = testChain(context.identity, 3);
      const [first, second, third] = events;
      if (!first || !second || !third) return;
      await send(context, [first]);
      await send(context, poison(context, second));
      await send(context, [third]);
      await acknowledged(context, events, 'seq 3 in spite of poison', (ack) => isHeld(ack, 3));
      const ack = await acknowledged(context, events, 'seq 2 missing or quarantined', ({ upto }) => upto >= 3);
      if (isHeld(ack, 2) && !isQuarantined(ack, 2)) throw new Breach('a forged event counts as held');
    },
  },
  {
    id: 'burst',
    clauses: ['TB-MSG-050', 'TB-MSG-055'],
    says: { th: `รับ ${BURST} เหตุการณ์ติดกัน`, en: `Takes ${BURST} events in a row` },
    async run(context) {
      const events = testChain(context.identity, BURST);
      for (let at = 0; at < BURST; at += 20) await send(context, events.slice(at, at + 20));
      await held(context, events, BURST);
    },
  },
  // The new connection ends the old one, as it has the same client id: this check comes last.
  {
    id: 'retains',
    clauses: ['TB-MSG-005'],
    says: { th: 'การยืนยันค้างไว้ที่ broker', en: 'Retains the acknowledgement: a station that returns hears it at once' },
    async run(context) {
      const events = testChain(context.identity, 1);
      await send(context, events);
      await held(context, events, 1);
      await using again = await context.redial();
      await held({ ...context, peer: again }, events, 1);
    },
  },
];

type Sent = Pick<TestEvent, 'message'>;

async function send({ peer, identity }: IngestContext, events: readonly Sent[]): Promise<void> {
  const topic = topicsOf(identity.station).events;
  await Promise.all(events.map(({ message }) => peer.publish(topic, message)));
}

/** The first acknowledgement of the events' epoch that `isWanted`; one that is not signed as it should be is a breach by itself. */
function acknowledged(
  { peer, identity: { station }, keys, waitMs }: IngestContext,
  events: readonly TestEvent[],
  what: string,
  isWanted: (ack: SignedAcknowledgement) => boolean,
  from = 0,
): Promise<SignedAcknowledgement> {
  const pick = ({ topic, payload }: IncomingMessage) => {
    if (topic !== topicsOf(station).acknowledgement) return undefined;
    const read = readAcknowledgement(payload, { station, keys, nowMs: Date.now() });
    if (read.kind === 'refused')
      throw new Breach(`an acknowledgement that cannot be believed: ${read.code} ${read.detail}`);
    const { statement } = read;
    return statement.epoch === events[0]?.epoch && isWanted(statement) ? statement : undefined;
  };
  return peer.waitFor(`an acknowledgement: ${what}`, waitMs, pick, from);
}

function held(context: IngestContext, events: readonly TestEvent[], upto: number, from = 0) {
  const isWhole = (ack: SignedAcknowledgement) => ack.upto === upto && ack.gaps.length === 0;
  return acknowledged(context, events, `everything up to ${upto}`, isWhole, from);
}

function quarantined(context: IngestContext, events: readonly TestEvent[], seq: number, code: string) {
  return acknowledged(context, events, `seq ${seq} quarantined as ${code}`, (ack) =>
    ack.quarantined.some((one) => one.seq === seq && one.code === code),
  );
}

const isQuarantined = (ack: SignedAcknowledgement, seq: number) => ack.quarantined.some((one) => one.seq === seq);

function following({ identity }: IngestContext, events: readonly TestEvent[], change: Partial<EventFields>): TestEvent {
  const last = events.at(-1);
  const place = { epoch: last?.epoch ?? randomUUID(), seq: (last?.seq ?? 0) + 1, prev: last?.hash ?? null };
  return testEvent(identity, place, change);
}

/** Signed by the right key and against the protocol: our own signing would refuse it. */
function inTheClear({ identity }: IngestContext, before: TestEvent): Sent {
  const [, payload = ''] = new TextDecoder().decode(before.message).split('.');
  const envelope = {
    ...JSON.parse(Buffer.from(payload, 'base64url').toString()),
    seq: before.seq + 1,
    prev: before.hash,
  };
  const data = { visitId: randomUUID(), fault: null };
  const said = { ...envelope, datacontenttype: 'application/json', data };
  return { message: signStatement('event', Buffer.from(JSON.stringify(said)), identity.signer) };
}

/** What must not count as `event`, each in another way. */
function poison(context: IngestContext, event: TestEvent): readonly Sent[] {
  const { identity } = context;
  const text = new TextDecoder().decode(event.message);
  const bytes = (message: string) => ({ message: new TextEncoder().encode(message) });
  const stranger = { kid: 'conformance-stranger', key: generateKeyPairSync('ed25519').privateKey };
  const impostor = { ...stranger, kid: identity.signer.kid };
  const of = (signer: typeof stranger, change: Partial<EventFields> = {}) =>
    testEvent({ ...identity, signer }, { epoch: event.epoch, seq: event.seq, prev: null }, change);
  return [
    bytes(''),
    bytes('not a message'),
    bytes(text.slice(0, text.length / 2)),
    bytes('x'.repeat(TOO_LARGE)),
    bytes(text.replace(/\.(.)/, (_, first) => `.${first === 'e' ? 'f' : 'e'}`)),
    of(stranger),
    of(impostor),
    { message: signEvent({ ...fieldsOf(event), station: 'st-other' }, identity.signer).message },
  ];
}

function fieldsOf(event: TestEvent): EventFields {
  const [, payload = ''] = new TextDecoder().decode(event.message).split('.');
  const { id, station, epoch, seq, prev, type, time, clock, data } = JSON.parse(
    Buffer.from(payload, 'base64url').toString(),
  );
  return { id, station, epoch, seq, prev, type, time, clock, data };
}
