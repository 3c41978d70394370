import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Kiosk, startKiosk } from '../../src/kiosk/server.ts';
import { PREVIEW_STAFF } from '../../src/ui/preview/staff-states.ts';
import { PREVIEW_GLASSES, PREVIEW_STATES } from '../../src/ui/preview/states.ts';
import { FakeHost } from '../fixtures/kiosk/fake-host.ts';
import { openBrowser, whyNoBrowser } from './browser.ts';
import { buildUi } from './built-ui.ts';
import { axeViolations, listenForComplaints } from './page-checks.ts';

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
  'simulator-start',
]);
const mayUpdate = process.env['UPDATE_SCREENS'] === '1';
const LANGUAGES = ['th', 'en'] as const;
const STAFF_DISPLAY = { width: 1440, height: 900 };
/** The handheld is read at 40 cm, the others at 60 cm. */
const near = (glass: string) => (glass === 'portrait' ? 40 / 60 : 1);

describe.skipIf(whyNoBrowser())(`screens ${whyNoBrowser() ?? ''}`, () => {
  let ui: Awaited<ReturnType<typeof buildUi>>;
  let kiosk: Kiosk;
  let browser: Browser;

  beforeAll(async () => {
    ui = await buildUi();
    kiosk = await startKiosk(new FakeHost({ isDemo: true }), { port: 0, uiDir: ui.uiDir, log: () => {} });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await kiosk?.close();
    await ui?.[Symbol.asyncDispose]();
  });

  const cases = PREVIEW_GLASSES.flatMap((glass) => LANGUAGES.map((language) => ({ ...glass, language })));

  test.each(cases)('$name $language: every screen keeps the rules', async (glass) => {
    const { name, language, width, height, widthMm } = glass;
    const breaches = await visitAll(Object.keys(PREVIEW_STATES), language, { width, height }, name, (state) => ({
      query: `state=${state}&lang=${language}&widthMm=${widthMm}`,
      measure: `breachesOnGlass({ widthMm: ${widthMm}, near: ${near(name)} })`,
    }));
    expect(breaches).toEqual({});
  });

  test.each(LANGUAGES)('%s: the pages for staff are accessible and do not run off the side', async (language) => {
    // The operator's desk has a test of its own: desk-screens.test.ts.
    const states = Object.keys(PREVIEW_STAFF).filter((state) => PREVIEW_STAFF[state]?.page !== 'operator');
    const breaches = await visitAll(states, language, STAFF_DISPLAY, 'staff', (state) => ({
      query: `state=${state}&lang=${language}`,
      measure: `document.documentElement.scrollWidth > innerWidth ? ['runs off the side'] : []`,
    }));
    expect(breaches).toEqual({});
  });

  /** Opens each state in turn and returns what is wrong with it, by state. */
  async function visitAll(
    states: readonly string[],
    language: string,
    viewport: { readonly width: number; readonly height: number },
    prefix: string,
    how: (state: string) => { readonly query: string; readonly measure: string },
  ): Promise<Record<string, readonly string[]>> {
    const origin = `http://127.0.0.1:${kiosk.port}`;
    const context = await browser.newContext({ viewport, reducedMotion: 'reduce', timezoneId: 'Asia/Bangkok' });
    const page = await context.newPage();
    const complaints = listenForComplaints(page, origin);
    const breaches: Record<string, readonly string[]> = {};
    for (const state of states) {
      const { query, measure } = how(state);
      await page.goto(`${origin}/preview?${query}`);
      await page.waitForSelector('[data-screen], [data-page]');
      await page.evaluate('document.fonts.ready.then(() => {})');
      const found = [...(await page.evaluate<string[]>(measure)), ...(await axeViolations(page))];
      if ((await page.getAttribute('html', 'lang')) !== language) found.push('wrong lang attribute');
      if (found.length > 0) breaches[state] = found;
      await takePicture(page, `${prefix}-${state}-${language}.png`, KEPT.has(state));
    }
    await context.close();
    if (complaints.length > 0) breaches['console'] = complaints;
    return breaches;
  }

  async function takePicture(page: Page, file: string, isKept: boolean): Promise<void> {
    const picture = await page.screenshot();
    expect(picture.length).toBeGreaterThan(1_000);
    if (!mayUpdate || !isKept) return;
    await mkdir(SCREENS, { recursive: true });
    await sharp(picture).png({ palette: true, compressionLevel: 9 }).toFile(join(SCREENS, file));
  }
});
