import { spawn } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { tempFolder } from '../../../../../tests/fixtures/temp.ts';
import { cameraConfig } from '../../config.ts';
import { rpicamSource, v4l2Source } from './sources.ts';

test('a CSI camera is told its sensor mode and what to expose for', () => {
  const config = cameraConfig.parse({ sensorMode: '2304:1296', exposure: { stops: 1, metering: 'spot' } });
  const { file, args } = rpicamSource(config).command();
  expect([file, ...args].join(' ')).toBe(
    'rpicam-vid -t 0 --codec mjpeg --width 1280 --height 720 --framerate 15 --mode 2304:1296 --ev 1 --metering spot --flush -n -o -',
  );
  expect(rpicamSource(cameraConfig.parse({})).command().args).not.toContain('--mode');
});

test('each control of a USB camera is set by itself when it starts, and one that is refused stops nothing', async () => {
  using folder = tempFolder();
  const told = join(folder.path, 'told');
  const program = join(folder.path, 'v4l2-ctl');
  writeFileSync(program, `#!/bin/sh\necho "$@" >> ${told}\n[ "$4" = focus_auto=0 ] && exit 1\nexit 0\n`);
  chmodSync(program, 0o755);
  vi.stubEnv('PATH', `${folder.path}${delimiter}${process.env['PATH']}`);
  const controls = { focus_auto: 0, power_line_frequency: 1 };
  const source = v4l2Source('/dev/video7', cameraConfig.parse({ controls }));
  const child = spawn('true');
  source.started(child);
  const lines = () => (existsSync(told) ? readFileSync(told, 'utf8').trim().split('\n').sort() : []);
  await expect
    .poll(lines)
    .toEqual(['-d /dev/video7 --set-ctrl focus_auto=0', '-d /dev/video7 --set-ctrl power_line_frequency=1']);
  vi.unstubAllEnvs();
});

test('a setting that could be taken for an option is refused', () => {
  for (const broken of [{ sensorMode: '--help' }, { controls: { '--all': 1 } }, { controls: { focus: 0.5 } }])
    expect(cameraConfig.safeParse(broken).success).toBe(false);
});
