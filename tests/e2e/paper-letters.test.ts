import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Typeface } from '../../src/paper/drivers/press/typeface.ts';
import { openBrowser, whyNoBrowser } from './browser.ts';

const TEXTS = [
  'น้ำ',
  'ที่',
  'ผู้ใหญ่',
  'ปู่',
  'กตัญญู',
  'ฐานันดร',
  'ป้ำ',
  'ฟื้นฟู',
  'ปี่',
  'เก๋ไก๋',
  'ฎุ ญู ฐู ญู่ ฐู้',
  'ปุ๋ย ฝุ่น ฟุ้ง ปู๊ด ปั๊ม ฬี้',
  'ซึ้ง',
  'บ้าน 7 ต.สมมุติ A-1',
];
const [WIDTH, HEIGHT, X, Y, SIZE] = [900, 220, 20, 140, 80];
const font = (script: string, weight: number) =>
  readFileSync(
    fileURLToPath(
      import.meta.resolve(
        `@fontsource/noto-sans-thai-looped/files/noto-sans-thai-looped-${script}-${weight}-normal.woff`,
      ),
    ),
  ).toString('base64');

/** Chromium shapes Thai with HarfBuzz: what it draws from the same files is what ours has to look like. */
describe.skipIf(whyNoBrowser())(`letters on paper ${whyNoBrowser() ?? ''}`, () => {
  let browser: Browser;
  let page: Page;
  const typeface = new Typeface();
  beforeAll(async () => {
    browser = await openBrowser();
    page = await browser.newPage();
    const face = (name: string, weight: number) =>
      `@font-face{font-family:${name};font-weight:${weight};src:url(data:font/woff;base64,${font(name, weight)})}`;
    await page.setContent(
      `<style>${['thai', 'latin'].flatMap((name) => [face(name, 400), face(name, 700)]).join('')}</style><canvas width=${WIDTH} height=${HEIGHT}></canvas>`,
    );
  });
  afterAll(() => browser?.close());

  test.each([400, 700])('are drawn as Chromium draws them, weight %i', async (weight) => {
    const worst: [number, string][] = [];
    for (const text of TEXTS) {
      const drawn = (await page.evaluate(`(async () => {
        await Promise.all(['thai', 'latin'].map((one) => document.fonts.load('${weight} ${SIZE}px ' + one, 'กa')));
        const pen = document.querySelector('canvas').getContext('2d');
        pen.fillStyle = '#fff'; pen.fillRect(0, 0, ${WIDTH}, ${HEIGHT});
        pen.fillStyle = '#000'; pen.font = '${weight} ${SIZE}px thai, latin';
        pen.textRendering = 'geometricPrecision'; pen.fillText(${JSON.stringify(text)}, ${X}, ${Y});
        return document.querySelector('canvas').toDataURL();
      })()`)) as string;
      const theirs = await ink(Buffer.from(drawn.split(',')[1] ?? '', 'base64'));
      const path = typeface.outline(text, SIZE, weight === 700, { x: X, y: Y, scale: 1 });
      const ours = await ink(
        Buffer.from(
          `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><path d="${path}"/></svg>`,
        ),
      );
      worst.push([overlap(ours, theirs), text]);
    }
    for (const [share, text] of worst) expect(share, text).toBeGreaterThan(0.95);
  });
});

/** Whether each pixel is inked. */
async function ink(picture: Uint8Array): Promise<readonly boolean[]> {
  const { data } = await sharp(picture)
    .flatten({ background: 'white' })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return [...data].map((grey) => grey < 128);
}

/** Intersection over union. */
function overlap(one: readonly boolean[], other: readonly boolean[]): number {
  let [both, any] = [0, 0];
  one.forEach((isInk, i) => {
    if (isInk && other[i]) both += 1;
    if (isInk || other[i]) any += 1;
  });
  return both / any;
}
