import type { SignedAcknowledgement } from '../contract/down.ts';
import type { JournalEvent } from '../journal/port.ts';
import { StationFault } from '../shared/fault.ts';
import { pause } from '../shared/wait.ts';
import { Gate } from './gate.ts';
import type { OutboxOptions } from './outbox-options.ts';
import { outgoingEvent } from './outgoing.ts';
import { Pace } from './pace.ts';
import type { BrokerSession } from './port.ts';
import { SentEvents } from './sent-events.ts';

/** MQTT 5 reason codes of a PUBACK (§3.4.2.1). */
const NOBODY_LISTENS = 0x10;
const REFUSED = 0x80;
const QUOTA_EXCEEDED = 0x97;
const PUBACK_LIMIT_MS = 30_000;
/** Topic, properties and header of an event's packet, at most. */
const PACKET_OVERHEAD_BYTES = 1_024;
/** Events that may wait to be sent again; what an acknowledgement misses beyond that, the next one names. */
const MOST_AGAIN = 10_000;
/** A gap may be an event that is still on its way; a later acknowledgement says for certain. */
const GAP_AGE_MS = 5_000;
/** Fruitless rounds make the next one wait longer, up to this many times. */
const MOST_PATIENCE = 8;
const QUOTA_WAIT_MS = { first: 1_000, longest: 60_000 };
/** While something is on the way its PUBACK wakes the loop. */
const ON_THE_WAY_MS = 1_000;

interface Next {
  readonly event: JournalEvent;
  readonly isAgain: boolean;
  /** Asked for by name; the walk through the outbox stays where it is. */
  readonly isNamed: boolean;
}

/**
 * The outbox on its way: oldest first, a bounded window, what is lost again. An event is sent until an acknowledgement settles
 * it; the PUBACK only says that the broker has it, so everything here is about doing that without flooding anybody.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #gate = new Gate();
  readonly #pace: Pace;
  readonly #quarantined = new Set<number>();
  readonly #again = new Set<number>();
  readonly #onTheWay = new Map<number, Promise<void>>();
  readonly #sent = new SentEvents();
  #tooLarge = new Set<number>();
  #epoch = '';
  #wake = Promise.withResolvers<void>();
  /** How far this walk through the outbox has come, and how far any walk of this session. */
  #cursor = 0;
  #head = 0;
  #backlogEnd = 0;
  #newestAt = '';
  #isAnswered = false;
  /** Whether this connection has brought anything to the server. */
  hasProgressed = false;
  #progressAt = 0;
  #fruitless = 0;
  /** Events that may still go in a round of resending before there is progress. */
  #roundLeft = Number.POSITIVE_INFINITY;
  #resendJitter = 1;
  #quota = { until: 0, waitMs: QUOTA_WAIT_MS.first };
  #failure: unknown;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#pace = new Pace(options.config.replayPerSecond);
  }

  /** A watermark that is believed and has been settled. One that is older than another before it asks for nothing any more. */
  acknowledged({ epoch, upto, gaps, quarantined, rateHint, at }: SignedAcknowledgement): void {
    this.#isAnswered = true;
    const isNewest = at >= this.#newestAt;
    if (isNewest) {
      this.#newestAt = at;
      this.#pace.hint = rateHint ?? null;
    }
    if (epoch === this.#options.journal.epoch) {
      for (const { seq, code } of quarantined) {
        if (!this.#quarantined.has(seq)) this.#options.onQuarantined(seq, code);
        this.#quarantined.add(seq);
      }
      if (this.#sent.acknowledged(upto, gaps)) {
        this.hasProgressed = true;
        this.#progress();
      }
      if (isNewest) this.#sendGaps(gaps);
    }
    this.#wake.resolve();
  }

  /** Sends events again, settled ones too. @returns how many, or `undefined` when that is more than may wait: then none */
  resend(from: number, upto: number): number | undefined {
    const last = Math.min(upto, this.#options.journal.counts().events);
    const count = Math.max(0, last - from + 1);
    if (count + this.#again.size > MOST_AGAIN) return undefined;
    for (let seq = from; seq <= last; seq++) this.#again.add(seq);
    this.#wake.resolve();
    return count;
  }

  /** What the ingest says of itself. @returns whether that is news */
  ingestSays(state: 'online' | 'offline'): boolean {
    const isNews = this.#gate.said(state);
    if (isNews && state === 'online') this.#progress();
    this.#wake.resolve();
    return isNews;
  }

  /** The connection is new; what it says of the ingest and of its window comes before anything is sent. */
  begin(): void {
    this.#gate.reset();
    this.#sent.clear();
    this.#tooLarge = new Set();
    this.#isAnswered = false;
    this.hasProgressed = false;
    this.#failure = undefined;
    const { epoch } = this.#options.journal;
    if (epoch !== this.#epoch) for (const seqs of [this.#quarantined, this.#again]) seqs.clear();
    this.#epoch = epoch;
    this.#cursor = 0;
    this.#head = 0;
    this.#quota = { until: 0, waitMs: QUOTA_WAIT_MS.first };
  }

  /**
   * Sends until the session ends, or the journal begins a new epoch: that counts anew, and so does the next connection.
   * @throws StationFault `BROKER_REFUSED`, or what ended the publication
   */
  async run(session: BrokerSession, live: AbortSignal): Promise<void> {
    const { journal, config } = this.#options;
    const window = Math.min(config.window, session.receiveMaximum);
    this.#backlogEnd = journal.counts().events;
    this.#progress();
    const stopListening = journal.onAppend(() => {
      this.#gate.probe();
      this.#wake.resolve();
    });
    try {
      while (!live.aborted && this.#failure === undefined && journal.epoch === this.#epoch) {
        this.#wake = Promise.withResolvers<void>();
        const now = performance.now();
        const next = this.#onTheWay.size < window && this.#gate.isOpen ? this.#next(now) : undefined;
        const waitMs = next ? this.#waitMs(next, now) : this.#idleMs(now);
        if (next && waitMs <= 0) this.#send(session, next, live);
        else await this.#sleep(waitMs, live);
        if (!next) this.#consider(performance.now());
      }
    } finally {
      stopListening();
    }
    await Promise.all(this.#onTheWay.values());
    if (this.#failure !== undefined && !live.aborted) throw this.#failure;
  }

  #progress(): void {
    this.#progressAt = performance.now();
    this.#fruitless = 0;
    this.#roundLeft = Number.POSITIVE_INFINITY;
    this.#resendJitter = 0.5 + this.#options.random() / 2;
  }

  /** The event to be sent next. What is asked for by name goes first: it is older. */
  #next(now: number): Next | undefined {
    const { journal } = this.#options;
    if (now < this.#quota.until) return undefined;
    for (const seq of this.#again) {
      const [event] = journal.list(seq - 1, 1);
      // What was shredded cannot be sent again: the ingest had it for as long as events are kept.
      if (event?.seq === seq && event.body !== null && !this.#isBarred(seq))
        return { event: { ...event, body: event.body }, isAgain: true, isNamed: true };
      this.#again.delete(seq);
    }
    // When a round of resending is used up, only what was never sent goes on.
    if (this.#roundLeft <= 0) this.#cursor = Math.max(this.#cursor, this.#head);
    for (;;) {
      const [event] = journal.outbox(this.#cursor, 1);
      if (!event) return undefined;
      if (!this.#isBarred(event.seq)) return { event, isAgain: event.seq <= this.#head, isNamed: false };
      this.#cursor = event.seq;
    }
  }

  #isBarred(seq: number): boolean {
    return this.#quarantined.has(seq) || this.#tooLarge.has(seq) || this.#onTheWay.has(seq);
  }

  /** A fresh result goes at once; what waited, or goes again, keeps the pace. Where the server asks for a pace, all keep it. */
  #waitMs({ event, isAgain }: Next, now: number): number {
    const isFresh = !isAgain && event.seq > this.#backlogEnd;
    return isFresh && !this.#pace.isAsked ? 0 : this.#pace.waitMs(now);
  }

  #send(session: BrokerSession, { event, isAgain, isNamed }: Next, live: AbortSignal): void {
    this.#again.delete(event.seq);
    if (!isNamed) {
      this.#cursor = event.seq;
      this.#head = Math.max(this.#head, event.seq);
      if (isAgain) this.#roundLeft -= 1;
    }
    if (event.body.length + PACKET_OVERHEAD_BYTES > session.maximumPacketBytes) {
      this.#tooLarge.add(event.seq);
      this.#options.onTooLarge(event);
      return;
    }
    this.#pace.spend(performance.now());
    this.#gate.sending();
    const isRepeat = isAgain || event.delivery !== 'pending';
    this.#sent.add(event.seq, performance.now());
    const sending = this.#publish(session, event, isRepeat, live)
      .catch((error: unknown) => {
        this.#failure ??= error;
      })
      .finally(() => {
        this.#onTheWay.delete(event.seq);
        this.#wake.resolve();
      });
    this.#onTheWay.set(event.seq, sending);
  }

  async #publish(session: BrokerSession, event: JournalEvent, isRepeat: boolean, live: AbortSignal): Promise<void> {
    const { station, journal, address, onSent } = this.#options;
    // A dead link may never answer: then the session is given up and dialled anew.
    const limit = AbortSignal.any([live, AbortSignal.timeout(PUBACK_LIMIT_MS)]);
    const reason = await session.publish(outgoingEvent(station, event), limit);
    if (reason === QUOTA_EXCEEDED) return this.#overQuota(event);
    if (reason >= REFUSED)
      throw new StationFault('BROKER_REFUSED', address, `an event was refused, PUBACK reason 0x${reason.toString(16)}`);
    this.#quota.waitMs = QUOTA_WAIT_MS.first;
    journal.markSent(event.epoch, event.seq);
    onSent(event, reason, isRepeat);
    // Somebody listens again: what was sent to nobody is lost.
    if (this.#gate.taken(reason !== NOBODY_LISTENS)) this.#cursor = 0;
  }

  /** The broker has no room for this station at the moment: the event waits, and the link stays. */
  #overQuota(event: JournalEvent): void {
    const { waitMs } = this.#quota;
    this.#quota = { until: performance.now() + waitMs, waitMs: Math.min(2 * waitMs, QUOTA_WAIT_MS.longest) };
    this.#sent.delete(event.seq);
    this.#again.add(event.seq);
  }

  /** What the server misses goes again even where it was settled: the server may have lost it since. */
  #sendGaps(gaps: SignedAcknowledgement['gaps']): void {
    const now = performance.now();
    const age = Math.min(GAP_AGE_MS, this.#options.config.resendAfterMs);
    const end = this.#options.journal.counts().events;
    for (const [first, last] of gaps)
      for (let seq = first; seq <= Math.min(last, end) && this.#again.size < MOST_AGAIN; seq++)
        if (!this.#sent.isYoungerThan(seq, age, now)) this.#again.add(seq);
  }

  #resendDueAt(): number {
    const { resendAfterMs } = this.#options.config;
    return this.#progressAt + resendAfterMs * this.#resendJitter * Math.min(MOST_PATIENCE, 2 ** this.#fruitless);
  }

  #idleMs(now: number): number {
    const quotaMs = this.#quota.until - now;
    if (this.#onTheWay.size > 0 && quotaMs <= 0) return ON_THE_WAY_MS;
    return Math.max(1, quotaMs > 0 ? quotaMs : this.#resendDueAt() - now);
  }

  /**
   * Nothing is left to send: has the server had time enough to acknowledge? Then the oldest events go again, one window of
   * them until there is progress, and only where somebody was heard: to send again to nobody helps nobody.
   */
  #consider(now: number): void {
    if (now < this.#resendDueAt() || this.#onTheWay.size > 0) return;
    this.#progressAt = now;
    if (this.#gate.isUnheard) this.#gate.probe();
    const isHeard = this.#isAnswered || this.#gate.ingest === 'online';
    if (this.#sent.size === 0 || !isHeard) return;
    this.#fruitless += 1;
    this.#roundLeft = this.#options.config.window;
    this.#cursor = 0;
  }

  async #sleep(ms: number, live: AbortSignal): Promise<void> {
    const awake = new AbortController();
    await Promise.race([this.#wake.promise, pause(ms, AbortSignal.any([live, awake.signal]))]);
    awake.abort();
  }
}
