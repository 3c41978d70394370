/** One clause of the protocol. */
export interface Clause {
  readonly says: string;
  /** Test files that name it; `clauses.test.ts` holds the list to the truth. */
  readonly tests: readonly string[];
}

const TOPICS = 'src/contract/topics.test.ts';
const VERSIONS = 'src/contract/versions.test.ts';
const FILES = 'src/contract/contract-files.test.ts';
const SAMPLES = 'src/contract/samples.test.ts';
const EVENT = 'src/contract/envelope/event.test.ts';
const JWS = 'src/contract/envelope/jws.test.ts';
const SEALED = 'src/contract/envelope/sealed.test.ts';
const WORD = 'src/contract/envelope/server-word.test.ts';
const PLACE = 'src/contract/place.test.ts';
const WATERMARK = 'src/contract/watermark.test.ts';
const UPLINK = 'src/publish/uplink.test.ts';
const JOURNAL = 'tests/contract/journal.contract.ts';
const OUTBOX = 'src/publish/outbox.test.ts';
const COMMAND = 'src/publish/commands.test.ts';
const DESIRED = 'src/publish/desired.test.ts';
const PACE = 'src/publish/pace.test.ts';
const TLS_FAULTS = 'src/publish/drivers/mqtt/tls-faults.test.ts';
const LINK = 'tests/integration/link-security.test.ts';
const WIRE = 'tests/integration/uplink.test.ts';
const STATION = 'tests/contract/station-messages.test.ts';
const EXPORT = 'src/contract/envelope/export.test.ts';
const ORDERS = 'src/contract/envelope/orders.test.ts';
const HUB = 'tests/contract/hub-database.contract.ts';
const INGEST = 'tests/integration/hub-ingest.test.ts';
const IMPORT = 'src/hub/import-export.test.ts';
const CARRIED = 'tests/integration/hub-carry.test.ts';
const SCALE_OUT = 'tests/integration/hub-scale-out.test.ts';
const HUB_TLS = 'tests/integration/hub-tls.test.ts';
const HUB_COMMANDS = 'tests/integration/hub-commands.test.ts';
const INTERLEAVED = 'src/hub/commit-batch.test.ts';
const SQLITE = 'src/journal/drivers/sqlite/sqlite-journal.test.ts';
const KEPT = 'src/journal/drivers/sqlite/kept-journal.test.ts';
const CARRY = 'tests/integration/journal-carry.test.ts';
const CANARY = 'tests/integration/journal-canary.test.ts';
const FOLD = 'src/hub/fold-progress.test.ts';
const BOOK = 'src/roster/field-book.test.ts';
const RECORDER = 'src/station/visit-recorder.test.ts';
const FIELD_EVENTS = 'src/contract/field-events.test.ts';
const ISSUERS = 'src/station/receipt-issuers.test.ts';

/** Every clause of version 1. Ids are stable: a clause that goes leaves its number empty. */
export const CLAUSES: Readonly<Record<string, Clause>> = {
  // Topics.
  'TB-MSG-001': {
    says: 'A station id is 3 to 32 of a-z, 0-9 and hyphen, no hyphen first; no topic is made of anything else.',
    tests: [TOPICS],
  },
  'TB-MSG-002': {
    says: "A station's messages go to one of 64 shards: FNV-1a (32 bit) of its id, modulo 64.",
    tests: [TOPICS],
  },
  'TB-MSG-003': { says: 'A topic has one spelling; every other one is refused as `garbage`.', tests: [TOPICS] },
  'TB-MSG-004': { says: 'A topic tree of another major version is refused as `unknown-major`.', tests: [TOPICS] },
  'TB-MSG-005': {
    says: 'Topic, QoS, retain flag and expiry of every message are those of asyncapi.yaml.',
    tests: [FILES, STATION],
  },
  // Versions.
  'TB-MSG-010': {
    says: 'An event type ends in its major version; an event of an unknown one is refused as `unknown-major`, kept as a dead letter and acknowledged.',
    tests: [VERSIONS, EVENT, HUB],
  },
  'TB-MSG-011': { says: 'Fields that a reader does not know are ignored.', tests: [VERSIONS] },
  'TB-MSG-012': {
    says: 'An event of an unknown type of a known major version is believed and kept like any other.',
    tests: [EVENT],
  },
  'TB-MSG-013': {
    says: 'Every sample of version 1 can be read for as long as version 1 lives; samples are never edited.',
    tests: [SAMPLES],
  },
  'TB-MSG-014': { says: 'What is published of the protocol is generated from the schemas in force.', tests: [FILES] },
  // Envelope.
  'TB-MSG-020': {
    says: 'An event is CloudEvents 1.0 JSON in a compact JWS: EdDSA with Ed25519, `typ` names kind and major version, `kid` the key of the station.',
    tests: [JWS, EVENT],
  },
  'TB-MSG-021': {
    says: 'A signed message has one spelling: base64url without padding, slack bits zero, three parts.',
    tests: [JWS],
  },
  'TB-MSG-022': { says: 'A signed message that was changed anywhere is refused.', tests: [JWS, EVENT] },
  'TB-MSG-023': {
    says: 'A key that is not registered is refused as `unknown-key`, a key of another station as `wrong-key`.',
    tests: [JWS, EVENT],
  },
  'TB-MSG-024': {
    says: 'A key signs only the kinds that it is registered for; one kind of statement is never read as another.',
    tests: [JWS, WORD],
  },
  'TB-MSG-025': {
    says: 'From the end of a key on, nothing under it is believed, whatever time the message names.',
    tests: [JWS, EVENT, INGEST],
  },
  'TB-MSG-026': {
    says: 'Data of a visit travels sealed; in the clear it is neither signed nor believed (`in-the-clear`).',
    tests: [EVENT],
  },
  'TB-MSG-027': {
    says: "Sealed data is a compact JWE to the programme's key: ECDH-ES over X25519, A256GCM. Another key or a changed seal does not open.",
    tests: [SEALED],
  },
  'TB-MSG-028': { says: 'Before sealing, data is padded with spaces to a multiple of 256 bytes.', tests: [SEALED] },
  'TB-MSG-029': {
    says: 'No message shows a person to whoever lacks the key: no number, no pseudonym, no outcome.',
    tests: [EVENT],
  },
  'TB-MSG-030': {
    says: 'The pseudonym of a citizen is HMAC-SHA-256 of `thuengban:citizen:v1:` and the number, under the key of the programme.',
    tests: ['src/contract/envelope/pseudonym.test.ts'],
  },
  'TB-MSG-031': {
    says: 'Garbage, cut and oversized messages are refused with a code; no input ends the reader or holds up the next message.',
    tests: [JWS, EVENT, SEALED, WORD, TOPICS],
  },
  'TB-MSG-032': {
    says: 'An event carries the state of the clock, when it was set, boot id and monotonic time; a wrong clock makes no event unbelievable.',
    tests: [EVENT],
  },
  'TB-MSG-033': {
    says: 'The station of the topic, of `source` and of the signed event are one (`wrong-station`).',
    tests: [EVENT],
  },
  // Chain.
  'TB-MSG-040': {
    says: '`prev` is the SHA-256 of the signed event before it as published, null for the first of an epoch.',
    tests: [PLACE, EVENT],
  },
  'TB-MSG-041': {
    says: 'The same place with the same hash is a duplicate: counted, acknowledged, without effect.',
    tests: [PLACE, HUB],
  },
  'TB-MSG-042': {
    says: 'The same place with another hash is a `fork`: quarantine and alarm, never overwritten.',
    tests: [PLACE, HUB],
  },
  'TB-MSG-043': {
    says: 'An event that does not link to its neighbours is `chain-broken`, whichever of them came first.',
    tests: [PLACE, HUB],
  },
  // Acknowledgements and receipts.
  'TB-MSG-050': {
    says: 'The watermark and its gaps name exactly the events that are held, whatever the order in which they came.',
    tests: [WATERMARK, INTERLEAVED],
  },
  'TB-MSG-051': {
    says: 'A watermark with more than 1,000 gaps is cut: it claims less, never more.',
    tests: [WATERMARK],
  },
  'TB-MSG-052': {
    says: 'An acknowledgement is signed by a key of the ingest and names its station; forged ones and those of others are refused.',
    tests: [WORD],
  },
  'TB-MSG-053': {
    says: 'Gaps ascend, do not touch and lie within the watermark; any other acknowledgement is `invalid`.',
    tests: [WORD],
  },
  'TB-MSG-054': {
    says: "A receipt is the server's signed word that it holds one event; for another event it proves nothing.",
    tests: [WORD],
  },
  'TB-MSG-055': {
    says: 'An event leaves the outbox by an acknowledgement, never by PUBACK.',
    tests: [JOURNAL, UPLINK],
  },
  'TB-MSG-056': { says: 'An event that is sent again is the same, byte for byte.', tests: [JOURNAL] },
  // Commands and settings.
  'TB-MSG-060': { says: 'A command is obeyed only from `notBefore` on and before `expires`.', tests: [WORD] },
  'TB-MSG-061': { says: 'A command whose `cmdSeq` is not above the last one taken is `replayed`.', tests: [WORD] },
  'TB-MSG-062': { says: 'Commands that are not on the list, or with other arguments, are refused.', tests: [WORD] },
  'TB-MSG-063': { says: 'A config revision below the one in force is `replayed`.', tests: [WORD] },
  'TB-MSG-064': { says: 'A statement for one station is refused by every other (`wrong-station`).', tests: [WORD] },
  // What our own station says.
  'TB-MSG-070': { says: 'What a station writes and publishes fits the schemas.', tests: [STATION] },
  // Events that are carried by hand.
  'TB-MSG-080': {
    says: "An export's manifest is signed by its station (`typ` thuengban-export) and names whole chunks only, in ascending order.",
    tests: [EXPORT],
  },
  'TB-MSG-081': {
    says: 'A chunk holds signed events as they are published, one a line; it is read whole, with the hash of the manifest, or not at all.',
    tests: [EXPORT],
  },
  // What a station keeps.
  'TB-MSG-082': {
    says: 'What a station keeps is checked by signature and chain; the first place that is changed, moved, missing or cut off is named.',
    tests: [SQLITE],
  },
  'TB-MSG-083': {
    says: 'A journal that is made or restored begins a new epoch; its first event names the last known head of the one before, or null.',
    tests: [KEPT],
  },
  'TB-MSG-084': {
    says: 'A damaged journal is set aside and never deleted; what can be read of it leaves the station in an export of its own epoch.',
    tests: [KEPT, CARRY],
  },
  'TB-MSG-085': {
    says: 'What may say something of a person is sealed before it is kept, also in events of a type that the station does not know.',
    tests: [JOURNAL, CANARY],
  },
  'TB-MSG-086': {
    says: "The server's watermark and receipts are kept as they were signed, once they are believed.",
    tests: [JOURNAL],
  },
  'TB-MSG-087': {
    says: 'Settled events are shredded when their time is over; hash and `prev` stay, so the chain still holds.',
    tests: [JOURNAL],
  },
  'TB-MSG-088': {
    says: 'When the clock is set for the first time since the start, an event records what was added to it.',
    tests: ['src/station/first-sync.test.ts'],
  },
  'TB-MSG-089': {
    says: 'An export that was cut short is gone on with behind its last whole chunk; the answer to it has the effect of one by MQTT.',
    tests: [CARRY],
  },
  // How a station uses the link.
  'TB-MSG-100': {
    says: 'An acknowledgement that is not believed changes nothing, and is named with its code.',
    tests: [UPLINK, LINK],
  },
  'TB-MSG-101': {
    says: "A watermark beyond the station's last event, or with another event at its head, is a `fork` and settles nothing.",
    tests: [UPLINK],
  },
  'TB-MSG-102': {
    says: 'On connecting a station waits up to a second for the retained acknowledgement and the state of the ingest before it sends events.',
    tests: [UPLINK],
  },
  'TB-MSG-103': {
    says: "No more QoS 1 messages are on the way than CONNACK's receive maximum, events or not.",
    tests: [OUTBOX],
  },
  'TB-MSG-104': {
    says: 'Without progress for 30 to 60 s the oldest unsettled events are sent again, one window a round, later and later; only where an ingest was heard.',
    tests: [OUTBOX],
  },
  'TB-MSG-105': {
    says: 'What the newest watermark names as missing is sent again, settled or not; what it names as quarantined is not.',
    tests: [OUTBOX],
  },
  'TB-MSG-106': {
    says: 'What waited or goes again keeps a pace of 10 events a second; `rateHint` goes before it, and then holds for every event.',
    tests: [PACE, OUTBOX],
  },
  'TB-MSG-107': {
    says: 'While the ingest says `offline` no event is sent. Where no ingest has spoken events are sent; after PUBACK 0x10 one at a time, until somebody listens.',
    tests: [OUTBOX],
  },
  'TB-MSG-108': {
    says: 'A PUBACK from 0x80 on leaves the event in the outbox: 0x97 makes it wait, any other ends the connection.',
    tests: [OUTBOX],
  },
  'TB-MSG-109': {
    says: '`cmdSeq` is durable before the command is obeyed; a command is obeyed at most once, and a repetition is answered as before.',
    tests: [COMMAND],
  },
  'TB-MSG-110': {
    says: 'A command whose signature holds is answered on `res`, with its id in the body and its correlation data; any other is not answered.',
    tests: [COMMAND, LINK],
  },
  'TB-MSG-111': {
    says: 'A command that a station cannot carry out is answered as refused, with a code.',
    tests: [COMMAND],
  },
  'TB-MSG-112': {
    says: 'Desired settings are taken over wholly or not at all; info reports the revision in force and why the desired one is not.',
    tests: [DESIRED, LINK],
  },
  'TB-MSG-113': {
    says: 'The newest work order and revocations are kept and shown in info; an older revision is `replayed`, another text of the same one a `fork`.',
    tests: [DESIRED],
  },
  'TB-MSG-114': {
    says: 'A station that falls silent is told `lost` by its will after its delay; one that is back before is not.',
    tests: [WIRE],
  },
  'TB-MSG-116': {
    says: 'The link is TLS 1.3 with certificates of both sides; whoever has none, or one of another authority, gets nowhere.',
    tests: [LINK],
  },
  'TB-MSG-117': {
    says: 'A station speaks, wills and listens on its own topics only: its name is that of its certificate.',
    tests: [LINK],
  },
  'TB-MSG-118': {
    says: "The client id is the certificate's name: nobody takes over the session of another station.",
    tests: [LINK],
  },
  'TB-MSG-119': {
    says: 'Whoever reads all topics at the broker sees nothing of a person.',
    tests: [LINK],
  },
  'TB-MSG-120': {
    says: 'A wrong clock and an expired certificate are told apart, each with cause and next step.',
    tests: [TLS_FAULTS, LINK],
  },
  // The ingest.
  'TB-MSG-130': {
    says: 'The ingest keeps every believed event byte for byte as it was published.',
    tests: [HUB],
  },
  'TB-MSG-131': {
    says: 'The same event, however often it comes and whatever dies in between, is one row and one effect; repetitions are counted.',
    tests: [HUB, HUB_COMMANDS, INTERLEAVED],
  },
  'TB-MSG-132': {
    says: 'An event that is signed but has no place in its chain is put aside with an alarm, never overwrites, and is listed in `quarantined`.',
    tests: [HUB],
  },
  'TB-MSG-133': {
    says: 'A new epoch that names no origin, remembers less than the server holds, or remembers another event raises an alarm; the watermark of the newest epoch is told last.',
    tests: [HUB],
  },
  'TB-MSG-134': {
    says: 'What cannot be read is kept as a dead letter in the same commit; it is listed in `quarantined` only where the signature of the station vouches for its place. Rubbish is kept up to a limit a day, and counted.',
    tests: [HUB],
  },
  'TB-MSG-135': {
    says: 'An event that would open more gaps than the ingest keeps is put off: not taken and not acknowledged.',
    tests: [HUB],
  },
  'TB-MSG-136': {
    says: 'The watermark is signed and published, retained, after the commit; PUBACK too comes after the commit.',
    tests: [INGEST],
  },
  'TB-MSG-137': {
    says: 'A message that cannot be read, or a flood of them, is acknowledged to the broker and holds up no other message.',
    tests: [INGEST],
  },
  'TB-MSG-138': {
    says: 'While its database is away the ingest reads nothing more, says `offline`, drops nothing, and goes on by itself.',
    tests: [INGEST],
  },
  'TB-MSG-139': {
    says: 'The ingest has a persistent session for each shard and dials again by itself; its will says `offline`.',
    tests: [INGEST, HUB_COMMANDS],
  },
  'TB-MSG-140': {
    says: 'A key that is registered or revoked is believed or refused within seconds, without a restart.',
    tests: [INGEST],
  },
  'TB-MSG-141': {
    says: 'The 64 shards can be shared among processes; one that ends does not leave the stations of the others believing that nobody is there.',
    tests: [INGEST, SCALE_OUT],
  },
  'TB-MSG-142': {
    says: 'The process that takes events never reads a key that opens them, and does not start with one beside its own.',
    tests: [HUB_COMMANDS],
  },
  'TB-MSG-143': {
    says: 'Sealed data is opened by another process, in a schema and role of its own, which checks the signature again and writes a line for each opening.',
    tests: [HUB_COMMANDS],
  },
  'TB-MSG-144': {
    says: 'What is carried by hand is judged like what is published, and answered by a signed watermark after the commit; a file that is not whole is named and not taken.',
    tests: [IMPORT],
  },
  'TB-MSG-145': {
    says: 'The answer to what was carried holds, behind the watermark, a receipt for each of its events that is held byte for byte; one in quarantine gets none.',
    tests: [IMPORT, CARRIED],
  },
  'TB-MSG-146': {
    says: "Servers come to the broker by a way of their own, with certificates of another authority; a station's certificate neither opens it nor takes over a session of the ingest.",
    tests: [HUB_TLS],
  },
  // Field work.
  'TB-MSG-160': {
    says: 'A result that supersedes an event of the same visit counts in its place, at the station and at the server; both are kept.',
    tests: [BOOK, FOLD],
  },
  'TB-MSG-161': {
    says: 'A comparison that did not verify is an event of its own, with pseudonym and campaign; it counts against the budget of that person and campaign only.',
    tests: [BOOK, RECORDER],
  },
  'TB-MSG-162': {
    says: 'What field work says of a person is sealed; its events that are not sealed have no field for one.',
    tests: [FIELD_EVENTS],
  },
  'TB-MSG-163': {
    says: 'Fields that version 0.2 added to events are optional: what older stations said of field work is read.',
    tests: [FIELD_EVENTS],
  },
  'TB-MSG-164': {
    says: 'A list of stations whose receipts are believed is signed by the server (`issuers`); one that is not, or is older than the one kept, changes nothing.',
    tests: [ISSUERS],
  },
  // Work orders.
  'TB-MSG-170': {
    says: 'A work order is a file: JSON, gzip, a JWE to the receiving key of one station (ECDH-ES over X25519, A256GCM), a JWS of the kind `orders`; no list of people goes through the broker.',
    tests: [ORDERS],
  },
  'TB-MSG-171': {
    says: 'A work order that is not signed by a key that gives orders, not sealed to this station, too large before or after unpacking, past its lease, older than what was taken, or of the wrong shape is refused, and nothing of it is told.',
    tests: [ORDERS],
  },
  'TB-MSG-175': {
    says: 'The next revision of a work order tells the last outcome that any station of the campaign recorded, with receipt and next step; within a station the last of its chain, whatever its clock said. Whoever was served stays so: nobody at home later undoes nothing, a mandate that is taken back does.',
    tests: [FOLD, HUB],
  },
  'TB-MSG-176': {
    says: 'A referral that is closed at any station, by an officer or a good card, is told as closed to all.',
    tests: [FOLD],
  },
  'TB-MSG-177': {
    says: '`attemptsBy` names the captures of each station, `attempts` those of the others; a station counts its own once, by its journal or by what it once told.',
    tests: [FOLD, 'src/roster/used-attempts.test.ts', 'tests/integration/hub-progress.test.ts'],
  },
  'TB-MSG-178': {
    says: 'Whoever came without being on a list is on that of their village from the next revision on, once; two are one only by a pseudonym.',
    tests: [FOLD],
  },
  'TB-MSG-179': {
    says: 'A consent that was taken back at any station is told until it is given again; without a campaign only the pseudonym says of whom it is.',
    tests: [FOLD],
  },
};
