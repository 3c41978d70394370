import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { sheetAround } from './simulated-light.ts';
import type { Places, Presentation } from './simulated-scene.ts';
import type { Still } from './simulated-sensor.ts';

const BORDER_PX = 22;
const PAPER = '#f2f0ea';
const FRAME_OF_SCREEN = '#141414';
const WALL = '#7d7a74';

/** What stands before the lens, at the light in which it was taken. */
export interface Scene {
  readonly still: Still;
  readonly places: Places;
}

/** @returns `undefined` when the folder holds no still */
export async function sceneOf(folder: string, presentation: Presentation): Promise<Scene | undefined> {
  const file = join(folder, 'still.png');
  if (!existsSync(file)) return undefined;
  const places = JSON.parse(readFileSync(join(folder, 'still.json'), 'utf8')) as Places;
  const isSheet = (presentation === 'print' || presentation === 'screen') && places.sheet === null;
  const { data, info } = await (isSheet ? await onSheet(file, places, presentation) : sharp(file))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { still: { data, width: info.width, height: info.height }, places };
}

/** The picture cut to a sheet or a screen and held up before a wall. */
async function onSheet(file: string, places: Places, presentation: 'print' | 'screen'): Promise<Sharp> {
  const { width, height } = await sharp(file).metadata();
  const sheet = sheetAround(places);
  const left = Math.round(sheet.left * width);
  const top = Math.round(sheet.top * height);
  const size = {
    width: Math.round(sheet.right * width) - left,
    height: Math.round(sheet.bottom * height) - top,
  };
  const cut = sharp(file).extract({ left, top, ...size });
  const shown = presentation === 'print' ? cut.modulate({ saturation: 0.7 }).linear(0.75, 40) : cut.linear(1.15, 8);
  const inner = { width: size.width - 2 * BORDER_PX, height: size.height - 2 * BORDER_PX };
  const picture = await sharp(await shown.png({ compressionLevel: 1 }).toBuffer())
    .extract({ left: BORDER_PX, top: BORDER_PX, ...inner })
    .extend({
      top: BORDER_PX,
      bottom: BORDER_PX,
      left: BORDER_PX,
      right: BORDER_PX,
      background: presentation === 'print' ? PAPER : FRAME_OF_SCREEN,
    })
    .png({ compressionLevel: 1 })
    .toBuffer();
  const composed = await sharp({ create: { width, height, channels: 3, background: WALL } })
    .composite([{ input: picture, left, top }])
    .png({ compressionLevel: 1 })
    .toBuffer();
  return sharp(composed);
}
