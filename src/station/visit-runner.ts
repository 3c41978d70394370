import type { Settings } from '../config/settings.ts';
import type { FieldWork } from '../desk/port.ts';
import { AnswerMemory } from '../face/attack/answer-memory.ts';
import { type FaceEngine, wipe } from '../face/port.ts';
import type { Log } from '../observe/log.ts';
import type { Metrics } from '../observe/metrics.ts';
import type { Camera, Frame } from '../peripherals/camera/port.ts';
import type { CardReader } from '../peripherals/card/port.ts';
import type { FaceScanner } from '../peripherals/face-scanner/port.ts';
import type { Clock } from '../shared/clock.ts';
import { collectGarbage } from '../shared/collect-garbage.ts';
import { asFault, isAbort } from '../shared/fault.ts';
import type { FaultCode } from '../shared/faults.ts';
import { unreachable } from '../shared/unreachable.ts';
import { uuidV7 } from '../shared/uuid.ts';
import { judge } from '../visit/decide.ts';
import { IDLE, step } from '../visit/step.ts';
import type { Visit, VisitEffect, VisitEvent } from '../visit/visit.ts';
import { capture } from './capture.ts';
import { captureSettings } from './capture-settings.ts';
import { summaryOf } from './card-summary.ts';
import { compare } from './comparison.ts';
import { learnFrom } from './learn-light.ts';
import { knownLight, type OwnLightStore } from './own-light.ts';
import type { RingLight } from './ring-light.ts';
import { readVisitCard } from './visit-card.ts';
import type { VisitRecorder } from './visit-recorder.ts';
import { VisitSession } from './visit-session.ts';
import { VisitTimers } from './visit-timers.ts';

export interface VisitRunnerOptions {
  readonly recorder: VisitRecorder;
  readonly field: FieldWork;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly camera: Camera;
  /** `null` while the models are missing: people take over. */
  readonly face: FaceEngine | null;
  /** `null` = the station has no face-scanner module. One that it has must have judged every compared frame. */
  readonly scanner: FaceScanner | null;
  /** What captures look like here; it learns from verified visits. `null` = pictures that are no station's, as in a demo. */
  readonly light: OwnLightStore | null;
  /** `null` = the station has no panel. */
  readonly ring: RingLight | null;
  readonly clock: Clock;
  readonly settings: Pick<Settings, 'visit' | 'card' | 'face' | 'faceScanner'>;
  /** A moment that is certainly past, for cards that expired before it. */
  readonly timeFloor: () => Date;
  readonly pseudonymOf: (citizenId: string) => string;
  readonly onChange: (visit: Visit) => void;
  readonly onFrame: (frame: Frame) => void;
}

/** Carries out the effects that the reducer asks for, and feeds back what happened. One visit at a time. */
export class VisitRunner {
  readonly #options: VisitRunnerOptions;
  readonly #recorder: VisitRecorder;
  #visit: Visit = IDLE;
  #session: VisitSession | undefined;
  #reader: CardReader | undefined;
  readonly #timers: VisitTimers;
  #lastFault: FaultCode | null = null;
  readonly #answers = new AnswerMemory();

  constructor(options: VisitRunnerOptions) {
    this.#options = options;
    this.#recorder = options.recorder;
    const { patienceMs, answerMs, dignityMs } = options.settings.visit;
    const limits = { patience: patienceMs, answer: answerMs, dignity: dignityMs };
    this.#timers = new VisitTimers(limits, (event) => this.dispatch(event));
  }

  /** Pictures of the visit in progress, for two officers; they are gone with it. */
  get pictures(): { readonly card: Uint8Array | undefined; readonly probe: Uint8Array | undefined } {
    return { card: this.#session?.card?.photoJpeg, probe: this.#session?.picture };
  }

  /** Bedside: seconds left of the time that is fair to ask, or `null`. */
  get dignityLeftS(): number | null {
    return this.#timers.leftS('dignity');
  }

  get visit(): Visit {
    return this.#visit;
  }

  /** The fault of the visit in progress, for staff. */
  get lastFault(): FaultCode | null {
    return this.#lastFault;
  }

  cardInserted(reader: CardReader, atr: Uint8Array): void {
    if (this.#visit.phase !== 'idle') return;
    const now = this.#options.clock.now();
    this.#reader = reader;
    this.#lastFault = null;
    this.#session = new VisitSession(uuidV7(now.getTime()), atr, now);
    this.dispatch({ kind: 'card-inserted', visitId: this.#session.visitId, ...this.#options.field.expected() });
  }

  dispatch(event: VisitEvent): void {
    const before = this.#visit;
    const { visit, effects } = step(before, event, this.#options.field.policy());
    this.#visit = visit;
    if (event.kind === 'consent-given') this.#session?.mark('consentGiven');
    if (visit.phase !== before.phase)
      this.#options.log.info('visit-phase', { phase: visit.phase, visitId: this.#session?.visitId });
    for (const effect of effects) this.#perform(effect);
    if (visit !== before) this.#options.onChange(this.#visit);
  }

  /** Ends the visit in progress as if the card had left, and waits for what is being recorded. */
  async stop(): Promise<void> {
    this.dispatch({ kind: 'card-removed' });
    this.#timers.stop();
    await this.#recorder.settled();
  }

  #perform(effect: VisitEffect): void {
    if (effect.do === 'start-timer') return this.#timers.start(effect.timer);
    if (effect.do === 'stop-timers') return this.#timers.stop();
    const session = this.#session;
    if (!session) return;
    switch (effect.do) {
      case 'read-card':
        return this.#run(session, this.#readCard(session));
      case 'start-capture':
        return this.#run(session, this.#capture(session));
      case 'stop-capture':
        return session.capture.abort();
      case 'compare':
        return this.#run(session, this.#compare(session));
      case 'record':
        return this.#run(session, this.#record(session, effect));
      case 'record-attempt':
        return void this.#recorder.recordAttempt(effect, session.subject, this.#options.field.campaign);
      case 'record-abandoned':
        return void this.#recorder.recordAbandoned(effect.visitId, effect.code);
      case 'clear':
        session.end();
        this.#options.field.visitEnded();
        this.#session = undefined;
        void this.#forget();
        return;
      default:
        return unreachable(effect);
    }
  }

  /** Work of a visit may end by abort; anything else unforeseen is told and leaves the visit to people. */
  #run(session: VisitSession, work: Promise<void>): void {
    work.catch((error: unknown) => {
      if (session.over.signal.aborted || isAbort(error)) return;
      const fault = asFault(error, 'INTERNAL', 'visit');
      this.#noteFault(fault.code);
      this.#options.log.error('effect-failed', { code: fault.code, detail: fault.message, visitId: session.visitId });
      if (this.#session === session) this.dispatch({ kind: 'staff-called' });
    });
  }

  async #readCard(session: VisitSession): Promise<void> {
    const reader = this.#reader;
    if (!reader) return;
    const { settings, log, metrics, clock, timeFloor, field, pseudonymOf } = this.#options;
    const isRead = await readVisitCard(reader, session, {
      limits: settings.card,
      isCurrent: () => this.#session === session,
      onText: (text) => {
        const subject = pseudonymOf(text.citizenId);
        session.subject = subject;
        const card = summaryOf(text, clock, timeFloor());
        const isRepresented = field.cardRead(session.visitId, subject, {
          name: text.nameThai.full,
          citizenNumber: text.citizenId,
          isInDate: card.validity === 'valid',
          issuedOn: text.issueDate ?? null,
        });
        const attemptsBefore = field.attemptsBefore(subject);
        this.dispatch({ kind: 'card-text-read', card, attemptsBefore, isRepresented });
      },
      onProgress: (fraction) => this.dispatch({ kind: 'card-progressed', fraction }),
      onFault: (code, detail) => this.#cardFailed(session, code, detail),
    });
    const { card, visitId } = session;
    if (!card) return;
    log.info('card-read', { visitId, ...card.timingsMs, photoBytes: card.photo?.bytes });
    metrics.stage.observe({ stage: 'card-read' }, card.timingsMs.total / 1000);
    if (isRead) this.dispatch({ kind: 'card-photo-read' });
  }

  #cardFailed(session: VisitSession, code: FaultCode, detail: string): void {
    this.#noteFault(code);
    this.#options.log.warn('card-fault', { visitId: session.visitId, code, detail });
    this.dispatch({ kind: 'card-failed', code });
  }

  async #capture(session: VisitSession): Promise<void> {
    const { face, scanner, camera, settings, log } = this.#options;
    if (!face) {
      this.#noteFault('MODEL_MISSING');
      return this.dispatch({ kind: 'staff-called' });
    }
    session.dropProbes();
    session.capture = new AbortController();
    const signal = AbortSignal.any([session.over.signal, session.capture.signal]);
    const startedAt = performance.now();
    const result = await capture(
      {
        camera,
        face,
        ...captureSettings(settings, this.#options.ring, this.#answers),
        stream: session.stream,
        scanner: scanner && { module: scanner, limitMs: settings.faceScanner.judgeLimitMs },
        onHint: (hint) => this.dispatch({ kind: 'frame-judged', hint }),
        onFrame: (frame) => {
          session.mark('firstFrame');
          this.#options.onFrame(frame);
        },
        onProbe: () => session.mark('firstProbe'),
      },
      signal,
    );
    this.#options.metrics.stage.observe({ stage: 'capture' }, (performance.now() - startedAt) / 1000);
    log.info('capture-ended', {
      visitId: session.visitId,
      result: result.kind === 'captured' ? 'captured' : result.reason,
      probes: result.kind === 'captured' ? result.probes.length : 0,
      reasons: result.kind === 'captured' ? result.reasons : [],
    });
    if (result.kind === 'captured') {
      session.picture = result.picture;
      session.probes = result.probes;
      session.light = { camera: camera.name, frames: result.probes.map(({ cues }) => cues) };
      session.attackParts = result.parts;
      session.mark('probesReady');
      this.dispatch({ kind: 'probes-captured' });
    } else {
      if (result.reason === 'camera-unavailable') this.#noteFault(result.code);
      this.dispatch({ kind: 'capture-failed', reason: result.reason });
    }
  }

  async #compare(session: VisitSession): Promise<void> {
    const { face, log, metrics } = this.#options;
    const photo = session.card?.photoJpeg;
    if (!face || !photo) return this.dispatch({ kind: 'comparison-failed' });
    const startedAt = performance.now();
    const reference = await face.acquireReference(photo, session.over.signal);
    if (reference.kind !== 'acquired') return this.#cardFailed(session, 'PHOTO_UNREADABLE', reference.reason);
    const visit = this.#visit.phase === 'open' ? this.#visit : undefined;
    const evidence = compare(face, reference.template, session.probes, {
      attempt: (visit?.attemptsBefore ?? 0) + (visit?.attempt ?? 1),
      cardYears: visit?.card?.ageYears,
      ageing: this.#options.settings.face.ageing,
      parts: session.attackParts,
      light: knownLight(this.#options.light, session.light.camera, this.#options.settings.face.ownLight),
    });
    wipe(reference.template);
    session.dropProbes();
    session.mark('compared');
    metrics.stage.observe({ stage: 'compare' }, (performance.now() - startedAt) / 1000);
    const { score, decision, attack, probes } = evidence;
    const parts = evidence.attackParts.map(({ id, verdict, score }) => `${id} ${verdict} ${score ?? ''}`.trim());
    log.info('compared', { visitId: session.visitId, score, decision, attack, parts, probes });
    this.dispatch({ kind: 'compared', result: judge(evidence) });
  }

  async #record(session: VisitSession, effect: Extract<VisitEffect, { do: 'record' }>): Promise<void> {
    const { visitId, outcome } = effect;
    const { light, subject: cardSubject, startedAt, marks } = session;
    const elapsedMs = () => session.elapsedMs;
    const written = await this.#recorder.record({ ...effect, cardSubject, startedAt, elapsedMs, marks, desk: null });
    if (typeof written === 'object') {
      this.dispatch({ kind: 'recorded', visitId, recorded: written });
      // Nothing becomes `verified` unless every part of attack detection is clean: such a capture may be learned from.
      if (outcome.kind === 'verified') learnFrom(this.#options.light, light, visitId, this.#options.log);
      return;
    }
    this.#noteFault(written);
    this.dispatch({ kind: 'record-failed', visitId });
  }

  /** What frames, messages and templates went through is garbage now; it is overwritten at once, in both processes. */
  async #forget(): Promise<void> {
    await this.#options.face?.forget();
    await collectGarbage();
  }

  #noteFault(code: FaultCode): void {
    this.#lastFault = code;
    this.#options.metrics.faults.inc({ code });
  }
}
