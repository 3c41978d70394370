import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stationKeySchema } from '../../src/contract/trust.ts';
import { makeDemoServer } from '../../src/identity/demo-server.ts';
import { thuengban } from '../fixtures/run-command.ts';
import { tempFolder } from '../fixtures/temp.ts';

test('a station hands over its public key, takes a trust file over, and refuses a broken one', async () => {
  using folder = tempFolder();
  const data = join(folder.path, 'data');
  const shown = await thuengban(['identity', 'show', '--data', data, '--json']);
  expect(shown.code, shown.stderr).toBe(0);
  const said = JSON.parse(shown.stdout);
  expect(stationKeySchema.strict().parse(said)).toMatchObject({ station: 'st-demo' });
  expect(JSON.parse((await thuengban(['identity', 'show', '--data', data, '--json'])).stdout)).toEqual(said);

  const broken = join(folder.path, 'broken.json');
  writeFileSync(broken, '{"server":[]}');
  const refused = await thuengban(['identity', 'trust', broken, '--data', data]);
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('CONFIG_INVALID') });
  expect(existsSync(join(data, 'keys', 'trust.json'))).toBe(false);

  const taken = await thuengban(['identity', 'trust', makeDemoServer(join(folder.path, 'server')), '--data', data]);
  expect(taken.code, taken.stderr).toBe(0);
  expect(taken.stdout).toMatch(/ack receipt/);
  const { stderr } = await thuengban(['identity', 'show', '--data', data]);
  expect(stderr).toMatch(/Seals to/);
});
