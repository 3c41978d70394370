import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CitizenScreen, ServerMessage } from '../../src/kiosk/protocol.ts';
import { isOnPath } from '../../src/peripherals/camera/drivers/mjpeg/discover.ts';
import { makePerson } from '../../src/peripherals/card/drivers/simulated/fixtures.ts';
import { SimulatedCardReader } from '../../src/peripherals/card/drivers/simulated/simulated-reader.ts';
import { VirtualCard } from '../../src/peripherals/card/drivers/simulated/virtual-card.ts';
import { readThaiId } from '../../src/peripherals/card/read-thai-id.ts';
import { MODELS_DIR } from '../../src/station/paths.ts';
import { DEMO_CARDS, demoFaces } from '../../src/station/people.ts';
import { saidBy } from '../fixtures/journal.ts';
import { type RunningStation, runStation } from '../fixtures/run-station.ts';

const hasModels = existsSync(join(MODELS_DIR, 'people', 'index.json'));
if (!hasModels) process.stderr.write('Skipped: a whole day needs the models and demo photographs (./scripts/setup).\n');
const hasBroker = isOnPath('mosquitto') || existsSync('/usr/sbin/mosquitto');
if (!hasBroker) process.stderr.write('Skipped: a whole day needs mosquitto.\n');

type CardId = (typeof DEMO_CARDS)[number]['id'];
interface Planned {
  readonly card: CardId;
  readonly face: 'right' | 'wrong' | 'print' | 'none';
  readonly choice: 'agree' | 'ask-staff' | 'call-staff';
  readonly ends: string;
}

/** Forty neighbours, as they come. */
const DAY: readonly Planned[] = [
  ...times(20, { card: 'normal', face: 'right', choice: 'agree', ends: 'verified' }),
  ...times(4, { card: 'lifetime', face: 'right', choice: 'agree', ends: 'verified' }),
  ...times(4, { card: 'expired', face: 'right', choice: 'agree', ends: 'referred/card-expired' }),
  ...times(3, { card: 'normal', face: 'right', choice: 'ask-staff', ends: 'undetermined/biometric-declined' }),
  ...times(2, { card: 'normal', face: 'right', choice: 'call-staff', ends: 'undetermined/staff-called' }),
  ...times(2, { card: 'normal', face: 'wrong', choice: 'agree', ends: 'undetermined/attempts-used' }),
  ...times(2, { card: 'normal', face: 'print', choice: 'agree', ends: 'undetermined/attack-check' }),
  ...times(1, { card: 'normal', face: 'none', choice: 'agree', ends: 'undetermined/not-acquired' }),
  ...times(2, { card: 'photo-broken', face: 'right', choice: 'agree', ends: 'referred/card-photo-unreadable' }),
];
/** Captures that did not verify: each is an event too, for the budget of the person. */
const ATTEMPTS = 2 * 3 + 2 + 3;

test.skipIf(!hasModels || !hasBroker)(
  'a day of forty visits: every one ends as it should, nothing is lost, and no one is named anywhere',
  { timeout: 600_000 },
  async () => {
    await using running = await runStation({
      visit: { captureLimitMs: 3_000, probeSpacingMs: 50 },
      face: { probes: 2 },
      uplink: { acknowledgementWaitMs: 50 },
    });
    const { station } = running;
    await using citizen = await openCitizen(running);
    const ends: string[] = [];
    for (const planned of DAY) ends.push(await visit(running, citizen, planned));
    expect(ends).toEqual(DAY.map(({ ends: expected }) => expected));

    expect(station.journal.verify()).toMatchObject({ whole: true, events: 1 + DAY.length + ATTEMPTS });
    await expect.poll(() => station.journal.counts().pending, { timeout: 20_000 }).toBe(0);
    const events = running.published.filter(({ topic }) => topic.endsWith('/ev'));
    const ids = events.map(({ payload }) => saidBy(payload).id);
    // The first one says that the journal was begun.
    expect(new Set(ids).size).toBe(1 + DAY.length + ATTEMPTS);
    const outcomes = (await running.openedVisits()).map((visit) => visit['outcome']);
    expect(outcomes).toEqual(DAY.map(({ ends }) => ends.split('/')[0]));
    const kept = station.journal.list(0, 1_000);
    expect(new Set(ids)).toEqual(new Set(kept.map(({ id }) => id)));

    const metrics = await (await fetch(`${running.url}/metrics`)).text();
    expect(metrics).toContain('thuengban_visits_total{outcome="verified"} 24');
    await lookForPeople({
      logs: running.logged(),
      topics: running.published.map(({ topic, properties }) => topic + properties).join('\n'),
      messages: running.published.map(({ payload }) => payload.toString('latin1')).join('\n'),
      metrics,
      screens: citizen.received.join('\n'),
      journal: readFileSync(join(running.dataDir, 'journal', 'journal.sqlite')).toString('latin1'),
    });
    const heldForCamera = citizen.screens.filter((screen) => screen === 'capture').length;
    expect(heldForCamera).toBeGreaterThan(0);
    expect(citizen.previews).toBeGreaterThan(0);
  },
);

function times(count: number, planned: Planned): Planned[] {
  return Array.from({ length: count }, () => planned);
}

/** One person at the station: puts the card in, answers, waits for the outcome, takes the card out. */
async function visit(running: RunningStation, citizen: Citizen, planned: Planned): Promise<string> {
  const { world } = running.station;
  if (!world) throw new Error('no simulated world');
  await citizen.untilScreen('idle');
  const faces = demoFaces(MODELS_DIR);
  const holder = DEMO_CARDS.find(({ id }) => id === planned.card)?.face ?? 0;
  const face = {
    right: faces[holder],
    wrong: faces[holder + 2],
    print: faces.find(({ id }) => id.startsWith('print')),
    none: undefined,
  };
  world.showFace(face[planned.face]?.id ?? null);
  const finished = running.nextFinished();
  await world.insertCard(planned.card, false);
  await citizen.untilScreen('reading');
  citizen.say(
    planned.choice === 'call-staff'
      ? { kind: 'call-staff' }
      : { kind: 'consent', purpose: 'face-comparison', choice: planned.choice, how: 'touch' },
  );
  const { outcome } = await finished;
  await citizen.untilScreen(outcome.kind === 'verified' ? 'done' : 'staff');
  await world.pullCard();
  return 'reason' in outcome ? `${outcome.kind}/${outcome.reason}` : outcome.kind;
}

interface Citizen extends AsyncDisposable {
  readonly received: string[];
  readonly screens: string[];
  readonly previews: number;
  say(message: object): void;
  /** Resolves when this screen is up (or is already). */
  untilScreen(screen: CitizenScreen['screen']): Promise<void>;
}

/** The citizen's screen, as its socket sees it. */
async function openCitizen(running: RunningStation): Promise<Citizen> {
  const socket = new WebSocket(`${running.url.replace('http', 'ws')}/ws/citizen`, { headers: { origin: running.url } });
  socket.binaryType = 'arraybuffer';
  const received: string[] = [];
  const screens: string[] = [];
  let previews = 0;
  let wake = Promise.withResolvers<void>();
  socket.addEventListener('message', ({ data }) => {
    if (typeof data !== 'string') {
      previews += 1;
      return;
    }
    received.push(data);
    const message: ServerMessage = JSON.parse(data);
    if (message.kind === 'screen' && screens.at(-1) !== message.screen.screen) screens.push(message.screen.screen);
    wake.resolve();
    wake = Promise.withResolvers<void>();
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', reject, { once: true });
  });
  return {
    received,
    screens,
    get previews() {
      return previews;
    },
    say: (message) => socket.send(JSON.stringify(message)),
    async untilScreen(screen) {
      const limit = AbortSignal.timeout(60_000);
      while (screens.at(-1) !== screen) {
        if (limit.aborted) throw new Error(`waited for ${screen}, saw ${screens.slice(-5).join(' → ')}`);
        const { promise, resolve } = Promise.withResolvers<void>();
        limit.addEventListener('abort', () => resolve(), { once: true });
        await Promise.race([wake.promise, promise]);
      }
    },
    async [Symbol.asyncDispose]() {
      socket.close();
    },
  };
}

/** Reads the day's cards as the station does and looks for every piece of them in what left the station. */
async function lookForPeople(places: Readonly<Record<string, string>>): Promise<void> {
  const canaries = new Set<string>();
  for (const { id, face } of DEMO_CARDS.filter(({ id: card }) => ['normal', 'lifetime', 'expired'].includes(card))) {
    const photoJpeg = readFileSync(demoFaces(MODELS_DIR)[face]?.cardPhoto ?? '');
    await using reader = new SimulatedCardReader();
    const virtual = new VirtualCard(makePerson(id, { photoJpeg, today: new Date(), wireSpeed: false }));
    reader.insert(virtual);
    const card = await readThaiId(reader, {
      atr: virtual.atr,
      signal: new AbortController().signal,
      apduLimitMs: 1_000,
      readLimitMs: 10_000,
      withPhoto: true,
      onText: () => undefined,
      onProgress: () => undefined,
    });
    const { nameThai, nameEnglish, address } = card;
    for (const text of [
      card.citizenId,
      nameThai.first,
      nameThai.last,
      nameEnglish.first,
      nameEnglish.last,
      address.raw,
      address.tambon,
      card.requestNumber,
    ])
      if (text) canaries.add(text);
    const photo = Buffer.from(card.photoJpeg ?? []);
    canaries.add(photo.subarray(300, 316).toString('latin1'));
    canaries.add(photo.subarray(300, 330).toString('base64').slice(4, 32));
    canaries.add(card.photo?.sha256 ?? '');
  }
  canaries.delete('');
  expect(canaries.size).toBeGreaterThan(12);
  for (const [place, text] of Object.entries(places)) {
    expect(text.length, place).toBeGreaterThan(100);
    for (const canary of canaries) {
      // Journal and messages are searched as bytes: names as the UTF-8 bytes they would be there.
      const asBytes = Buffer.from(canary, 'utf8').toString('latin1');
      expect(text.includes(canary) || text.includes(asBytes), `${place} holds personal data`).toBe(false);
    }
  }
}
