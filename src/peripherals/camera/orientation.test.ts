import sharp from 'sharp';
import { expect, test } from 'vitest';
import { markTurned } from './orientation.ts';

test.each([
  { turn: 0, corner: 'top left' },
  { turn: 90, corner: 'top right' },
  { turn: 180, corner: 'bottom right' },
  { turn: 270, corner: 'bottom left' },
] as const)('a picture marked with $turn° shows its top left corner at the $corner', async ({ turn, corner }) => {
  const red = await sharp({ create: { width: 16, height: 16, channels: 3, background: '#f00' } })
    .png()
    .toBuffer();
  const jpeg = await sharp({ create: { width: 96, height: 64, channels: 3, background: '#00f' } })
    .composite([{ input: red, left: 0, top: 0 }])
    .jpeg({ quality: 95 })
    .toBuffer();
  const { data, info } = await sharp(markTurned(jpeg, turn)).autoOrient().raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual(turn % 180 === 0 ? [96, 64] : [64, 96]);
  const at = (x: number, y: number) => ((data[(y * info.width + x) * 3] ?? 0) > 150 ? 'red' : 'blue');
  const corners = {
    'top left': at(4, 4),
    'top right': at(info.width - 5, 4),
    'bottom right': at(info.width - 5, info.height - 5),
    'bottom left': at(4, info.height - 5),
  };
  expect(
    Object.entries(corners)
      .filter(([, colour]) => colour === 'red')
      .map(([name]) => name),
  ).toEqual([corner]);
});
