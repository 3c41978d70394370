import { expect, onTestFinished, test } from 'vitest';
import { fixedClock } from '../../tests/fixtures/clock.ts';
import { PlainField } from '../../tests/fixtures/field.ts';
import { openedBy, testJournal } from '../../tests/fixtures/journal.ts';
import { tempFolder } from '../../tests/fixtures/temp.ts';
import { AGREE, REFUSE } from '../../tests/fixtures/visit.ts';
import { settingsSchema } from '../config/settings.ts';
import { SimulatedFaceEngine, simulatedPicture } from '../face/drivers/simulated.ts';
import type { FaceCues, FaceEngine, Template } from '../face/port.ts';
import { createMetrics } from '../observe/metrics.ts';
import type { Camera, CameraState, Frame } from '../peripherals/camera/port.ts';
import { makePerson } from '../peripherals/card/drivers/simulated/fixtures.ts';
import { SimulatedCardReader } from '../peripherals/card/drivers/simulated/simulated-reader.ts';
import { VirtualCard } from '../peripherals/card/drivers/simulated/virtual-card.ts';
import type { FaceScanner, ScannerVerdict } from '../peripherals/face-scanner/port.ts';
import { AsyncQueue } from '../shared/async-queue.ts';
import { StationFault } from '../shared/fault.ts';
import type { FaultCode } from '../shared/faults.ts';
import { pause } from '../shared/wait.ts';
import type { OpenVisit, Visit } from '../visit/visit.ts';
import { EventWriter } from './event-writer.ts';
import { OwnLightStore } from './own-light.ts';
import { type FinishedVisit, VisitRecorder } from './visit-recorder.ts';
import { VisitRunner } from './visit-runner.ts';
import { watchReader } from './watch-reader.ts';

const ORIGIN = { camera: 'test camera', device: 'one' } as const;

/** A camera that shows what the test puts before it. */
class TestCamera implements Camera {
  readonly name = 'test camera';
  state: CameraState = { kind: 'off' };
  readonly shown: Uint8Array[] = [];
  #queue = new AsyncQueue<Frame>();
  #seq = 0;

  show(scene: Parameters<typeof simulatedPicture>[0], count = 1): void {
    for (let n = 0; n < count; n++) {
      const jpeg = simulatedPicture({ frame: this.#seq, ...scene });
      this.shown.push(jpeg);
      this.#queue.push({ jpeg, seq: ++this.#seq, atMs: this.#seq * 1_000, origin: ORIGIN });
    }
  }
  frames(signal: AbortSignal) {
    return this.#queue.read(signal);
  }
  onState() {
    return () => undefined;
  }
  async [Symbol.asyncDispose]() {}
}

/** Remembers every template that it handed out, and sees the card's holder in the chip's photo. */
class WatchedEngine implements FaceEngine {
  readonly #engine = new SimulatedFaceEngine();
  readonly thresholds = this.#engine.thresholds;
  readonly models = this.#engine.models;
  readonly templates: Template[] = [];
  readonly photos: Uint8Array[] = [];

  failWith(fault: StationFault): void {
    this.#engine.failWith(fault);
  }
  guide(image: Uint8Array, signal: AbortSignal) {
    return this.#engine.guide(image, signal);
  }
  async acquireReference(image: Uint8Array, signal: AbortSignal) {
    this.photos.push(image);
    return this.#remember(await this.#engine.acquireReference(simulatedPicture({ person: 'holder' }), signal));
  }
  async acquireProbe(image: Uint8Array, signal: AbortSignal) {
    return this.#remember(await this.#engine.acquireProbe(image, signal));
  }
  forgotten = 0;
  async forget() {
    this.forgotten += 1;
  }
  async [Symbol.asyncDispose]() {}

  #remember<T extends { readonly kind: string }>(finding: T): T {
    if ('template' in finding) this.templates.push(finding.template as Template);
    return finding;
  }
}

/** JPEG enough for the card room: SOI, a frame header of 297×355, some data, EOI. */
const PHOTO = Uint8Array.of(
  ...[0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0x01, 0x63, 0x01, 0x29, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1],
  ...[0xff, 0xda, 0, 12, 3, 1, 0, 2, 0x11, 3, 0x11, 0, 0x3f, 0],
  ...new Uint8Array(3_000).fill(0x5a),
  ...[0xff, 0xd9],
);

function bench(
  options: {
    readonly face?: FaceEngine | null;
    readonly scanner?: FaceScanner;
    readonly minFreeBytes?: number;
    readonly settings?: object;
  } = {},
) {
  const journal = testJournal();
  const camera = new TestCamera();
  const engine = new WatchedEngine();
  const reader = new SimulatedCardReader();
  const finished: FinishedVisit[] = [];
  const visits: Visit[] = [];
  const journalFaults: FaultCode[] = [];
  const settings = settingsSchema.parse({ visit: { captureLimitMs: 300, cameraLimitMs: 200 }, ...options.settings });
  const folder = tempFolder();
  onTestFinished(() => folder[Symbol.dispose]());
  const light = new OwnLightStore(folder.path);
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const metrics = createMetrics();
  const field = new PlainField();
  const recorder = new VisitRecorder({
    ...{ settings, log, metrics },
    field: () => field,
    language: () => 'th',
    events: new EventWriter({ journal, log, onJournalFault: (code) => journalFaults.push(code) }),
    onFinished: (visit) => finished.push(visit),
  });
  const runner = new VisitRunner({
    camera,
    face: options.face === undefined ? engine : options.face,
    scanner: options.scanner ?? null,
    light,
    ring: null,
    recorder,
    field,
    clock: fixedClock(),
    settings,
    timeFloor: () => new Date('2026-11-01'),
    pseudonymOf: () => 'P'.repeat(43),
    log,
    metrics,
    onChange: (visit) => visits.push(visit),
    onFrame: () => undefined,
  });
  const over = new AbortController();
  const watching = watchReader(
    reader,
    {
      event: (event) =>
        event.kind === 'card-inserted'
          ? runner.cardInserted(reader, event.atr)
          : runner.dispatch({ kind: 'card-removed' }),
      changed: () => undefined,
    },
    over.signal,
  );
  const insert = (person: Parameters<typeof makePerson>[0] = 'normal', faults = {}) =>
    reader.insert(
      new VirtualCard({
        ...makePerson(person, { photoJpeg: PHOTO, today: new Date('2026-11-22'), wireSpeed: false }),
        faults,
      }),
    );
  const phase = (wanted: Visit['phase']) => expect.poll(() => runner.visit.phase).toBe(wanted);
  const outcome = async () => {
    await phase('decided');
    const { visit } = runner;
    if (visit.phase !== 'decided') throw new Error('not decided');
    return 'reason' in visit.outcome ? `${visit.outcome.kind}/${visit.outcome.reason}` : visit.outcome.kind;
  };
  return {
    runner,
    journal,
    camera,
    engine,
    light,
    reader,
    finished,
    visits,
    journalFaults,
    insert,
    phase,
    outcome,
    async [Symbol.asyncDispose]() {
      over.abort();
      await watching;
      await runner.stop();
    },
  };
}

const agree = AGREE;

test('the right face is verified, and the record holds figures, no person', async () => {
  await using it = bench();
  it.insert();
  await it.phase('open');
  it.runner.dispatch(agree);
  it.camera.show({ person: 'holder' }, 3);
  expect(await it.outcome()).toBe('verified');
  const [event] = it.journal.list(0, 10);
  const data = await openedBy(event);
  expect(data).toMatchObject({
    outcome: 'verified',
    subject: 'P'.repeat(43),
    attempts: 1,
    consent: { given: true },
    card: { validity: 'valid' },
    evidence: { decision: 'match', attack: 'bona-fide', probes: 3 },
    assurance: { chipRead: true, chipAuthenticated: false, cardStatusOnline: 'not-checked', faceComparison: 'match' },
  });
  expect(JSON.stringify(data)).not.toMatch(/\d{13}|สมหญิง|Somying/);
});

test('no frame is looked at before consent', async () => {
  await using it = bench();
  it.insert();
  it.camera.show({ person: 'holder' }, 3);
  await expect.poll(() => it.runner.visit).toMatchObject({ phase: 'open', photoRead: true });
  expect(it.engine.templates).toEqual([]);
});

test('when the card leaves, photo and templates are overwritten, the engine forgets, and the screen is idle', async () => {
  await using it = bench();
  it.insert();
  await it.phase('open');
  it.runner.dispatch(agree);
  it.camera.show({ person: 'holder' }, 3);
  await it.outcome();
  const [photo] = it.engine.photos;
  expect(photo?.some((byte) => byte !== 0)).toBe(true);
  it.reader.pull();
  await it.phase('idle');
  expect(photo?.every((byte) => byte === 0)).toBe(true);
  expect(it.engine.templates).toHaveLength(4);
  for (const { vector, patch } of it.engine.templates)
    for (const taken of [vector, patch ?? []]) expect(taken.every((value) => value === 0)).toBe(true);
  expect(it.engine.forgotten).toBe(1);
});

test('a wrong face is tried as often as allowed, then people decide', async () => {
  await using it = bench();
  it.insert();
  await it.phase('open');
  it.runner.dispatch(agree);
  it.camera.show({ person: 'somebody-else' }, 9);
  expect(await it.outcome()).toBe('undetermined/attempts-used');
  expect(it.finished[0]?.outcome).toMatchObject({ evidence: { decision: 'non-match' } });
});

test.each([
  { name: 'attack suspected', attackScore: 1, verdict: 'attack' },
  { name: 'attack detection did not run', attackScore: null, verdict: 'not-run' },
])('$name: the right face is not verified', async ({ attackScore, verdict }) => {
  await using it = bench();
  it.insert();
  await it.phase('open');
  it.runner.dispatch(agree);
  it.camera.show({ person: 'holder', attackScore }, 3);
  expect(await it.outcome()).toBe('undetermined/attack-check');
  expect(it.finished[0]?.outcome).toMatchObject({ evidence: { decision: 'match', attack: verdict } });
});

test("the card's own photograph before the camera is an attack, however well it matches", async () => {
  await using it = bench();
  it.insert();
  await it.phase('open');
  it.runner.dispatch(agree);
  it.camera.show({ person: 'holder', isCardPhoto: true });
  it.camera.show({ person: 'holder' }, 2);
  expect(await it.outcome()).toBe('undetermined/attack-check');
  expect(it.finished[0]?.outcome).toMatchObject({
    evidence: {
      decision: 'match',
      attackParts: expect.arrayContaining([expect.objectContaining({ id: 'card-copy', verdict: 'attack' })]),
    },
  });
  expect(it.light.summary()).toEqual([]);
});

test('frames of two people in one capture are an attack', async () => {
  await using it = bench();
  it.insert();
  await it.phase('open');
  it.runner.dispatch(agree);
  it.camera.show({ person: 'holder' }, 2);
  it.camera.show({ person: 'somebody else' });
  expect(await it.outcome()).toBe('undetermined/attack-check');
  expect(it.finished[0]?.outcome).toMatchObject({
    evidence: {
      attackParts: expect.arrayContaining([expect.objectContaining({ id: 'continuity', verdict: 'attack' })]),
    },
  });
});

test.each([
  { ownLight: 'veto', far: 'undetermined/attack-check' },
  { ownLight: 'watch', far: 'verified' },
])(
  'verified visits teach the station its own light; what is far from it is $far ($ownLight), and not learned',
  async ({ ownLight, far }) => {
    await using it = bench({ settings: { face: { ownLight } } });
    const visit = async (scene: object) => {
      it.insert();
      await it.phase('open');
      it.runner.dispatch(agree);
      it.camera.show({ person: 'holder', ...scene }, 3);
      const outcome = await it.outcome();
      it.reader.pull();
      await it.phase('idle');
      return outcome;
    };
    expect(await visit({})).toBe('verified');
    await expect.poll(() => it.light.summary()).toEqual([{ camera: 'test camera', captures: 1, judges: false }]);
    const frames = (await it.engine.acquireProbe(
      simulatedPicture({ person: 'holder' }),
      new AbortController().signal,
    )) as {
      cues: FaceCues;
    };
    for (let n = 1; n < 40; n++) it.light.learn('test camera', [frames.cues]);
    expect(await visit({ cues: { contrast: 15, sharper: -3 } })).toBe(far);
    expect(it.light.summary()).toEqual([{ camera: 'test camera', captures: 40, judges: true }]);
    it.light.forget();
    expect(await visit({ cues: { contrast: 15, sharper: -3 } })).toBe('verified');
  },
);

test.each([
  { said: 'bona-fide', outcome: 'verified' },
  { said: 'attack', outcome: 'undetermined/attack-check' },
  { said: 'no-face', outcome: 'undetermined/attack-check' },
  { said: 'not-run', outcome: 'undetermined/attack-check' },
] as const)('a face-scanner module that says $said: $outcome', async ({ said, outcome }) => {
  const verdict: ScannerVerdict = { kind: said, startMs: 0, endMs: Number.MAX_VALUE, box: null, detail: '' };
  const scanner = {
    async *watch() {},
    async judge(_limitMs: number, stop: AbortSignal) {
      await pause(20, stop);
      return verdict;
    },
  } as unknown as FaceScanner;
  await using it = bench({ scanner });
  it.insert();
  await it.phase('open');
  it.runner.dispatch(agree);
  it.camera.show({ person: 'holder' }, 3);
  expect(await it.outcome()).toBe(outcome);
  const wanted = said === 'no-face' ? 'not-run' : said;
  expect(it.finished[0]?.outcome).toMatchObject({
    evidence: {
      decision: 'match',
      attack: wanted,
      attackParts: expect.arrayContaining([
        expect.objectContaining({ id: 'model', verdict: 'bona-fide' }),
        expect.objectContaining({ id: 'stream', verdict: 'bona-fide' }),
        expect.objectContaining({ id: 'module', verdict: wanted }),
      ]),
    },
  });
});

test('what stands in the way of the module is told like a hint of the camera, and is no wall either', async () => {
  const scanner = {
    async *watch() {
      yield { kind: 'face', atMs: Number.MAX_VALUE, hint: 'move-back', box: null };
    },
    async judge(_limitMs: number, stop: AbortSignal) {
      await pause(20, stop);
      return { kind: 'bona-fide', startMs: 0, endMs: Number.MAX_VALUE, box: null, detail: '' };
    },
  } as unknown as FaceScanner;
  await using it = bench({ scanner });
  it.insert();
  await it.phase('open');
  it.runner.dispatch(agree);
  it.camera.show({ person: 'holder' }, 12);
  await expect.poll(() => (it.runner.visit as OpenVisit).hint).toBe('move-back');
  expect(await it.outcome()).toBe('verified');
});

test('guidance is no wall: when the time is over the best frame goes on', async () => {
  await using it = bench();
  it.insert();
  await it.phase('open');
  it.runner.dispatch(agree);
  it.camera.show({ person: 'holder', quality: { interEyePx: 20 } }, 3);
  expect(await it.outcome()).toBe('verified');
  expect(it.finished[0]?.outcome).toMatchObject({ evidence: { probes: 1 } });
});

test('a camera that never sends and is at fault goes to people without using up all attempts', async () => {
  await using it = bench();
  it.camera.state = { kind: 'faulty', code: 'CAMERA_BUSY', detail: '' };
  it.insert();
  await it.phase('open');
  it.runner.dispatch(agree);
  expect(await it.outcome()).toBe('undetermined/camera-unavailable');
  expect(it.runner.lastFault).toBe('CAMERA_BUSY');
});

test('nobody before the camera: each attempt ends by itself', async () => {
  await using it = bench();
  it.insert();
  await it.phase('open');
  it.runner.dispatch(agree);
  const showing = setInterval(() => it.camera.show({ person: 'nobody', notAcquired: 'no-face' }), 20);
  expect(await it.outcome()).toBe('undetermined/not-acquired');
  clearInterval(showing);
});

test('without models people take over', async () => {
  await using it = bench({ face: null });
  it.insert();
  await it.phase('open');
  it.runner.dispatch(agree);
  expect(await it.outcome()).toBe('undetermined/staff-called');
  expect(it.runner.lastFault).toBe('MODEL_MISSING');
});

test('a face engine that fails ends the visit with people, not in silence', async () => {
  await using it = bench();
  it.insert();
  await it.phase('open');
  it.engine.failWith(new StationFault('FACE_ENGINE', 'face', 'broken'));
  it.runner.dispatch(agree);
  it.camera.show({ person: 'holder' }, 3);
  expect(await it.outcome()).toBe('undetermined/staff-called');
  expect(it.runner.lastFault).toBe('FACE_ENGINE');
});

test('a card pulled in the middle of the read leaves an abandoned visit, and the next card starts afresh', async () => {
  await using it = bench();
  it.insert('normal', { yankAt: 20 });
  await expect.poll(() => it.journal.list(0, 10).map(({ type }) => type)).toEqual(['th.thuengban.visit.abandoned.v1']);
  await it.phase('idle');
  it.insert();
  await it.phase('open');
  it.runner.dispatch(agree);
  it.camera.show({ person: 'holder' }, 3);
  expect(await it.outcome()).toBe('verified');
});

test('what cannot be written is not called saved', async () => {
  await using it = bench();
  it.journal.append = async () => {
    throw new StationFault('DISK_FULL', 'disk', 'no room');
  };
  it.insert();
  await it.phase('open');
  it.runner.dispatch({ kind: 'staff-called' });
  await it.outcome();
  expect(it.runner.visit).toMatchObject({ phase: 'decided', recorded: null });
  expect(it.journalFaults).toEqual(['DISK_FULL']);
  expect(it.finished).toEqual([]);
});

test('who declines leaves no pseudonym behind', async () => {
  await using it = bench();
  it.insert();
  await expect.poll(() => it.runner.visit).toMatchObject({ phase: 'open', photoRead: true });
  it.runner.dispatch(REFUSE);
  expect(await it.outcome()).toBe('undetermined/biometric-declined');
  it.runner.dispatch({ kind: 'ended-by-staff', choice: { kind: 'declined' } });
  expect(await it.outcome()).toBe('declined');
  const [first, second] = it.journal.list(0, 2);
  expect(await openedBy(first)).toMatchObject({ reason: 'biometric-declined', subject: null, card: null });
  expect(await openedBy(second)).toMatchObject({ outcome: 'declined', subject: null, supersedes: first?.id });
});

test('no answer to the notice: more time is offered, then people come', async () => {
  await using it = bench({ settings: { visit: { patienceMs: 20, answerMs: 30 } } });
  it.insert();
  expect(await it.outcome()).toBe('undetermined/no-answer');
  expect(it.visits.some((visit) => visit.phase === 'open' && visit.asking)).toBe(true);
});
