import type { Settings } from '../config/settings.ts';
import type { Log } from '../observe/log.ts';
import { StationFault } from '../shared/fault.ts';
import { orAbort, pause } from '../shared/wait.ts';
import { DEMO_CARDS } from './people.ts';
import { startStation } from './station.ts';
import type { FinishedVisit } from './visit-recorder.ts';
import type { VisitMarks } from './visit-session.ts';

export interface SimulatedVisit {
  readonly outcome: string;
  readonly reason: string | null;
  readonly eventId: string;
  /** `published` = the broker has taken it (PUBACK); `queued` = it waits in the outbox. */
  readonly delivery: 'published' | 'queued';
  readonly evidence: unknown;
  readonly card: string;
  readonly face: string | null;
  /** What stood in for hardware, and the broker. */
  readonly parts: { readonly reader: string; readonly camera: string; readonly broker: string | null };
  /** Moments after the card went in. */
  readonly timingsMs: VisitMarks & { readonly startToReady: number; readonly decisionAfterPhoto: number | null };
}

const PUBLISH_LIMIT_MS = 3_000;

/** Plays one whole visit: card in, consent, face before the camera, outcome on disk and at the broker, card out. */
export async function simulateVisit(
  options: {
    readonly dataDir: string;
    readonly settings: Settings;
    readonly person: string;
    /** Face id; `none` = nobody stands there; `null` = the face on the card. */
    readonly face: string | null;
    readonly isWireSpeed: boolean;
    readonly limitMs: number;
    readonly log: Log;
  },
  signal: AbortSignal,
): Promise<SimulatedVisit> {
  const card = DEMO_CARDS.find(({ id }) => id === options.person);
  if (!card)
    throw usage(
      options.person,
      DEMO_CARDS.map(({ id }) => id),
    );
  const finished = Promise.withResolvers<FinishedVisit>();
  const sent = Promise.withResolvers<void>();
  let eventId: string | undefined;
  const sentIds = new Set<string>();
  const startedAt = performance.now();
  const settings: Settings = {
    ...options.settings,
    card: { ...options.settings.card, driver: 'simulated' },
    camera: { ...options.settings.camera, driver: 'simulated' },
  };
  const station = await startStation(
    {
      dataDir: options.dataDir,
      settings,
      isDemo: true,
      kioskPort: null,
      slotIndex: 1,
      brokerPort: 0,
      clock: null,
      log: options.log,
      onFinished: (visit) => {
        eventId = visit.eventId;
        finished.resolve(visit);
        if (sentIds.has(visit.eventId)) sent.resolve();
      },
      onRestart: () => undefined,
      onSent: (id) => {
        sentIds.add(id);
        if (id === eventId) sent.resolve();
      },
    },
    signal,
  );
  const startToReady = Math.round(performance.now() - startedAt);
  try {
    const { world, runner } = station;
    if (!world) throw new StationFault('INTERNAL', 'simulator', 'the simulated world is missing');
    const faces = world.state([]).faces.map(({ id }) => id);
    const face = options.face === null ? (faces[card.face] ?? null) : options.face === 'none' ? null : options.face;
    if (face !== null && !faces.includes(face)) throw usage(face, [...faces, 'none']);
    world.showFace(face);
    const limit = AbortSignal.any([signal, AbortSignal.timeout(options.limitMs)]);
    let isReinserting = false;
    const stopAgreeing = station.host.onChange(() => {
      const { screen } = station.host.screen();
      if (screen.screen === 'reading' && screen.consent === 'asked')
        queueMicrotask(() => runner.dispatch({ kind: 'consent-given', purpose: screen.purpose.id, how: 'touch' }));
      // A card that could not be read is put in once more, as a person would.
      if (screen.screen === 'reinsert' && !isReinserting) {
        isReinserting = true;
        void world.pullCard().then(() => world.insertCard(card.id, options.isWireSpeed));
      }
    });
    await world.insertCard(card.id, options.isWireSpeed);
    const visit = await orAbort(finished.promise, limit);
    stopAgreeing();
    const published = await Promise.race([
      sent.promise.then(() => true),
      pause(station.brokerUrl === null ? 0 : PUBLISH_LIMIT_MS, signal).then(() => false),
    ]);
    await world.pullCard();
    const { compared, photoRead } = visit.marks;
    return {
      outcome: visit.outcome.kind,
      reason: 'reason' in visit.outcome ? visit.outcome.reason : null,
      eventId: visit.eventId,
      delivery: published ? 'published' : 'queued',
      evidence: 'evidence' in visit.outcome ? visit.outcome.evidence : null,
      card: card.id,
      face,
      parts: {
        reader: world.slot?.kind === 'pcsc' ? 'pcscd, virtual reader' : `in this process (${world.slot?.why ?? ''})`,
        camera: 'simulated camera process',
        broker: station.brokerUrl,
      },
      timingsMs: {
        startToReady,
        ...visit.marks,
        decisionAfterPhoto:
          compared === undefined || photoRead === undefined ? null : Math.round((compared - photoRead) * 10) / 10,
      },
    };
  } finally {
    await station.stop();
  }
}

function usage(found: string, expected: readonly string[]): StationFault {
  return new StationFault('USAGE', 'visit simulate', `found "${found}", expected one of: ${expected.join(', ')}`);
}
