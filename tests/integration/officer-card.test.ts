import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listReaders } from '../../src/peripherals/card/drivers/pcsc/list-readers.ts';
import { citizenNumberOf, makePerson, type PersonId } from '../../src/peripherals/card/drivers/simulated/fixtures.ts';
import { startVirtualPcscd } from '../../src/peripherals/card/drivers/simulated/pcscd.ts';
import { vpcdLibrary } from '../../src/peripherals/card/drivers/simulated/running-pcscd.ts';
import { VirtualCard } from '../../src/peripherals/card/drivers/simulated/virtual-card.ts';
import { insertVirtualCard } from '../../src/peripherals/card/drivers/simulated/vpcd-client.ts';
import { MODELS_DIR } from '../../src/station/paths.ts';
import { addStaff } from '../../src/station/staff-tools.ts';
import { makeCardPhoto } from '../fixtures/card-photo.ts';
import { runStation } from '../fixtures/run-station.ts';

const hasPcscd = spawnSync('pcscd', ['--version']).status === 0 && (await vpcdLibrary()) !== undefined;
const hasModels = existsSync(join(MODELS_DIR, 'people', 'index.json'));
const isPossible = hasPcscd && hasModels && existsSync('/usr/sbin/mosquitto');
if (!isPossible) process.stderr.write('Skipped: an officer’s card needs pcscd, the models and mosquitto.\n');

const OFFICER = 'lifetime';
const { signal } = new AbortController();

test.skipIf(!isPossible)(
  'an officer’s own card in the second reader proves who they are; a citizen’s there means nothing and is forgotten',
  { timeout: 60_000 },
  async () => {
    const staff = { id: 'palat-1', name: 'ปลัด หนึ่ง', role: 'officer', organisation: 'อำเภอ', pin: null, badge: null };
    await using running = await runStation({ card: { driver: 'simulated', secondReader: '00 01' } }, (dir) =>
      addStaff(dir, { ...staff, role: 'officer', citizenNumber: citizenNumberOf(OFFICER) }),
    );
    const { host, runner } = running.station;
    const pcscd = await startVirtualPcscd({
      signal,
      listReaders: (stop) => listReaders('smartcard', stop),
      port: undefined,
    });
    const photoJpeg = await makeCardPhoto();
    const put = (id: PersonId, slot: 0 | 1) => {
      const card = new VirtualCard(makePerson(id, { photoJpeg, today: new Date(), wireSpeed: false }));
      return insertVirtualCard(card, { port: pcscd.slots[slot] ?? 0, signal });
    };
    const scanned = () => host.desk().scanned?.what;
    const part = () => host.operator().parts.find(({ part: name }) => name === 'second-card-reader')?.state;
    await expect.poll(part, { timeout: 10_000 }).toBe('ready');

    const citizen = await put('normal', 1);
    await expect.poll(() => running.logged().includes('second-card-read'), { timeout: 10_000 }).toBe(true);
    expect([scanned(), runner.visit.phase]).toEqual([undefined, 'idle']);
    expect(await host.ask({ do: 'sign-in', credential: { by: 'card' } })).toMatchObject({ refused: 'nothing-scanned' });
    await citizen.pull();

    const officer = await put(OFFICER, 1);
    await expect.poll(scanned, { timeout: 10_000 }).toEqual({ kind: 'badge', by: 'card', name: 'ปลัด หนึ่ง' });
    expect(runner.visit.phase).toBe('idle');
    expect(await host.ask({ do: 'sign-in', credential: { by: 'card' } })).toMatchObject({ staff: 'palat-1' });
    await officer.pull();

    // Neither number is anywhere but on the chips.
    const numbers = [citizenNumberOf('normal'), citizenNumberOf(OFFICER)];
    for (const number of numbers) expect(running.logged()).not.toContain(number);
    for (const name of readdirSync(running.dataDir, { recursive: true, encoding: 'utf8' })) {
      const path = join(running.dataDir, name);
      if (!/\.(json|log|bak)$/.test(name)) continue;
      for (const number of numbers) expect(readFileSync(path, 'utf8')).not.toContain(number);
    }
    await pcscd.stop();
  },
);
