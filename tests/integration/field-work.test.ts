import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import jsqr from 'jsqr';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { MODELS_DIR } from '../../src/station/paths.ts';
import { demoFaces } from '../../src/station/people.ts';
import { PageSocket } from '../fixtures/page-socket.ts';
import { runStation } from '../fixtures/run-station.ts';

const hasModels = existsSync(join(MODELS_DIR, 'people', 'index.json'));
if (!hasModels) process.stderr.write('Skipped: field work needs the models and demo photographs (./scripts/setup).\n');

const pin = (staff: string, code: string) => ({ by: 'pin', staff, pin: code }) as const;
const SAME = { answer: 'same-person', reason: 'known-in-person' } as const;

test.skipIf(!hasModels)(
  'a morning at the desk: a house where nobody is, a face for two officers, a slip that proves itself, a day that adds up',
  { timeout: 120_000 },
  async () => {
    await using running = await runStation({
      visit: { captureLimitMs: 3_000, probeSpacingMs: 50 },
      face: { probes: 2 },
      printer: { driver: 'simulated' },
    });
    const { world } = running.station;
    if (!world) throw new Error('no simulated world');
    using staff = await PageSocket.open(running.url, 'operator');
    using citizen = await PageSocket.open(running.url, 'citizen');
    expect(await staff.ask({ do: 'overview' })).toMatchObject({ refused: 'sign-in-first' });
    expect(await staff.ask({ do: 'sign-in', credential: pin('demo-1', '1234') })).toMatchObject({ role: 'operator' });
    await staff.ask({ do: 'open-day', confirmed: ['battery'] });

    const choice = { kind: 'not-served', reason: 'not-at-home' } as const;
    expect(await staff.ask({ do: 'record', entry: 'demo-lifetime', choice, due: null })).toMatchObject({
      nextStep: { id: 'team-returns' },
    });

    // Somebody else's face before the camera, three times: then people look.
    world.showFace(demoFaces(MODELS_DIR)[2]?.id ?? null);
    await staff.ask({ do: 'expect', entry: 'demo-normal', place: 'station' });
    await world.insertCard('normal', false);
    await citizen.untilScreen('reading');
    citizen.say({ kind: 'consent', purpose: 'face-comparison', choice: 'agree', how: 'touch' });
    await staff.until('officers are to look', ({ desk }) => desk?.visit?.phase === 'with-officers');
    const { visitId = '', pictures, name } = staff.desk?.visit ?? {};
    expect(name).toBe('นางสมหญิง ใจดี');
    const picture = () => fetch(`${running.url}/visit/pictures/${pictures?.token}/probe`);
    expect((await picture()).status).toBe(200);
    expect(JSON.stringify(citizen.screen)).not.toMatch(/สมหญิง|attempts-used|non-match/);

    await staff.ask({ do: 'decide', visitId, credential: pin('demo-1', '1234'), ...SAME });
    await staff.ask({ do: 'decide', visitId, credential: pin('demo-2', '5678'), ...SAME });
    await citizen.untilScreen('done');
    expect(await staff.ask({ do: 'print', what: { kind: 'receipt', visitId } })).toEqual({ done: true });
    await world.pullCard();
    await citizen.untilScreen('idle');
    expect((await picture()).status).toBe(404);

    const text = await readSlip(join(running.dataDir, 'slips'));
    expect(await staff.ask({ do: 'verify-receipt', text })).toMatchObject({
      state: 'genuine',
      receipt: { outcome: 'confirmed-by-officer', maskedNumber: expect.stringContaining('•') },
    });
    const forged = text.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    expect(await staff.ask({ do: 'verify-receipt', text: forged })).not.toMatchObject({ state: 'genuine' });

    expect(await staff.ask({ do: 'person', entry: 'demo-normal' })).toMatchObject({
      state: 'served',
      attempts: { used: 3 },
    });
    expect(await staff.ask({ do: 'close-day' })).toMatchObject({
      isReconciled: true,
      counts: { visits: 2, events: 3, superseded: 1, receipts: 2 },
    });
    expect(running.logged()).not.toMatch(/สมหญิง|1234|5678/);
    staff.say({ kind: 'ask', id: 99, ask: { do: 'sign-out' } });
    await staff.until('locked', ({ desk }) => desk?.session === null);
  },
);

/** What the QR of the first printed slip says. */
async function readSlip(folder: string): Promise<string> {
  const slips = () => (existsSync(folder) ? readdirSync(folder).sort() : []);
  // The picture is written after the last line was printed.
  await expect.poll(() => slips().length).toBeGreaterThan(0);
  const [slip] = slips();
  const { data, info } = await sharp(readFileSync(join(folder, slip ?? '')))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const decode = (jsqr as unknown as { default?: typeof jsqr }).default ?? jsqr;
  const found = (decode as unknown as typeof import('jsqr').default)(
    new Uint8ClampedArray(data),
    info.width,
    info.height,
  );
  return found?.data ?? '';
}
