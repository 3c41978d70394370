import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../tests/fixtures/temp.ts';
import { settingsSchema } from '../config/settings.ts';
import { findUsbCamera } from '../peripherals/camera/drivers/mjpeg/discover.ts';
import { openCamera } from './registry.ts';

const LENS = 'usb-Maker_FM225_Camera';

test("the face scanner's own lens is found among the cameras by its name, else the first one, never the metadata node", () => {
  using folder = tempFolder();
  mkdirSync(folder.path, { recursive: true });
  for (const name of [`${LENS}-video-index0`, `${LENS}-video-index1`, 'usb-A_Webcam-video-index0'])
    writeFileSync(join(folder.path, name), '');
  expect(findUsbCamera('FM225', folder.path)).toBe(join(folder.path, `${LENS}-video-index0`));
  expect(findUsbCamera('', folder.path)).toBe(join(folder.path, 'usb-A_Webcam-video-index0'));
  expect(findUsbCamera('RealSense', folder.path)).toBeUndefined();
  expect(findUsbCamera('', join(folder.path, 'none'))).toBeUndefined();
});

test.each([
  { lens: null, scanner: 'fm225', source: 'usb-A_Webcam-video-index0', isOtherLens: false },
  { lens: 'FM225', scanner: 'fm225', source: `${LENS}-video-index0`, isOtherLens: false },
  { lens: 'FM225', scanner: 'fm225', source: 'usb-A_Webcam-video-index0', isOtherLens: true },
  { lens: 'FM225', scanner: 'off', source: 'usb-A_Webcam-video-index0', isOtherLens: false },
] as const)('lens $lens of $scanner beside $source: another lens = $isOtherLens', async (one) => {
  const settings = settingsSchema.parse({
    camera: { driver: 'v4l2', source: `/dev/v4l/by-id/${one.source}` },
    faceScanner: { driver: one.scanner, lens: one.lens },
  });
  const opened = await openCamera(settings, false);
  await using _camera = opened.camera;
  expect(opened.isOtherLens).toBe(one.isOtherLens);
});
