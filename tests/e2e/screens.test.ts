import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Kiosk, startKiosk } from '../../src/kiosk/server.ts';
import { PREVIEW_GLASSES, PREVIEW_STATES } from '../../src/ui/preview/states.ts';
import { FakeHost } from '../fixtures/kiosk/fake-host.ts';
import { openBrowser, whyNoBrowser } from './browser.ts';

const UI = resolve(import.meta.dirname, '../../src/ui');
const SCREENS = resolve(import.meta.dirname, '../../docs/screens');
/** Kept in docs/screens by `UPDATE_SCREENS=1`; the other states are variations. */
const KEPT = new Set([
  'idle',
  'reinsert-chip-up',
  'reading-asked',
  'reading-given',
  'capture-closer',
  'capture-framed',
  'checking',
  'done',
  'staff',
  'staff-receipt',
  'still-there',
  'out-of-service',
]);
const mayUpdate = process.env['UPDATE_SCREENS'] === '1';
const LANGUAGES = ['th', 'en'] as const;
/** The handheld is read at 40 cm, the others at 60 cm. */
const near = (glass: string) => (glass === 'portrait' ? 40 / 60 : 1);

describe.skipIf(whyNoBrowser())(`screens ${whyNoBrowser() ?? ''}`, () => {
  let folder: string;
  let kiosk: Kiosk;
  let browser: Browser;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'screens-'));
    const uiDir = join(folder, 'ui');
    await build({ root: UI, configFile: join(UI, 'vite.config.ts'), logLevel: 'warn', build: { outDir: uiDir } });
    kiosk = await startKiosk(new FakeHost({ isDemo: true }), { port: 0, uiDir, log: () => {} });
    browser = await openBrowser();
    if (mayUpdate) await mkdir(SCREENS, { recursive: true });
  });
  afterAll(async () => {
    await browser?.close();
    await kiosk?.close();
    await rm(folder, { recursive: true });
  });

  const cases = PREVIEW_GLASSES.flatMap((glass) => LANGUAGES.map((language) => ({ ...glass, language })));

  test.each(cases)(
    '$name $language: every screen keeps the rules',
    async ({ name, language, width, height, widthMm }) => {
      const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' });
      const page = await context.newPage();
      const complaints = listenForComplaints(page);
      const breaches: Record<string, readonly string[]> = {};
      for (const state of Object.keys(PREVIEW_STATES)) {
        await page.goto(`http://127.0.0.1:${kiosk.port}/preview?state=${state}&lang=${language}&widthMm=${widthMm}`);
        await page.waitForSelector('[data-screen]');
        await page.evaluate('document.fonts.ready.then(() => {})');
        const found = [
          ...(await page.evaluate<string[]>(`breachesOnGlass({ widthMm: ${widthMm}, near: ${near(name)} })`)),
          ...(await axeViolations(page)),
        ];
        if ((await page.getAttribute('html', 'lang')) !== language) found.push('wrong lang attribute');
        if (found.length > 0) breaches[state] = found;
        await takePicture(page, `${name}-${state}-${language}.png`, KEPT.has(state));
      }
      await context.close();
      expect(breaches).toEqual({});
      expect(complaints).toEqual([]);
    },
  );

  /** Errors of the page, refused inline code and failed requests all end up on the console. */
  function listenForComplaints(page: Page): string[] {
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(`http://127.0.0.1:${kiosk.port}/`)) complaints.push(`outside: ${request.url()}`);
    });
    return complaints;
  }

  async function takePicture(page: Page, file: string, isKept: boolean): Promise<void> {
    const picture = await page.screenshot();
    const path = join(mayUpdate && isKept ? SCREENS : folder, file);
    await sharp(picture).png({ palette: true, compressionLevel: 9 }).toFile(path);
  }
});

/** axe with every rule of WCAG 2.2 A and AA and its best practices. */
async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  return violations.map(({ id, nodes }) => `axe ${id}: ${nodes.map(({ html }) => html.slice(0, 100)).join(' | ')}`);
}
