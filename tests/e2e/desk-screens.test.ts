import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Kiosk, startKiosk } from '../../src/kiosk/server.ts';
import type { DeskMeasure } from '../../src/ui/preview/desk-measure.ts';
import { DESK_STATES } from '../../src/ui/preview/desk-states.ts';
import { PREVIEW_GLASSES } from '../../src/ui/preview/states.ts';
import { FakeHost } from '../fixtures/kiosk/fake-host.ts';
import { openBrowser, whyNoBrowser } from './browser.ts';
import { buildUi } from './built-ui.ts';
import { listenForComplaints } from './page-checks.ts';

const SCREENS = resolve(import.meta.dirname, '../../docs/screens');
/** Kept in docs/screens by `UPDATE_SCREENS=1`, each on the glass that tells most, in both languages. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  'desk-sign-in': ['10in'],
  'desk-pin': ['portrait'],
  'desk-today': ['10in', '7in', 'portrait'],
  'desk-village': ['portrait'],
  'desk-person': ['7in', 'portrait'],
  'desk-confirm': ['portrait'],
  'desk-capturing': ['portrait'],
  'desk-judge': ['10in', 'portrait'],
  'desk-judge-handed': ['10in'],
  'desk-undecided': ['10in'],
  'desk-rep-witness': ['7in'],
  'desk-rep-attest': ['7in'],
  'desk-referrals': ['10in'],
  'desk-day-open': ['10in'],
  'desk-day-unclosed': ['10in'],
  'desk-form-outcomes': ['10in'],
  'desk-health': ['7in'],
};
const mayUpdate = process.env['UPDATE_SCREENS'] === '1';
const LANGUAGES = ['th', 'en'] as const;
/** Pages at work side by side: the machine has two cores. */
const PAGES = 2;
describe.skipIf(whyNoBrowser())(`desk ${whyNoBrowser() ?? ''}`, () => {
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

  test('every place of the desk, in both languages, on three glasses: reachable, legible, nothing runs off', async () => {
    const waiting = Object.keys(DESK_STATES);
    const breaches: string[] = [];
    const least = { targetMm: 99, letterMm: 99, contrast: 99 };
    const work = async () => {
      const context = await browser.newContext({ reducedMotion: 'reduce', timezoneId: 'Asia/Bangkok' });
      const page = await context.newPage();
      const complaints = listenForComplaints(page, `http://127.0.0.1:${kiosk.port}`);
      for (let state = waiting.shift(); state !== undefined; state = waiting.shift()) await look(page, state);
      await context.close();
      breaches.push(...complaints);
    };
    async function look(page: Page, state: string) {
      await open(page, state);
      const turns = PREVIEW_GLASSES.length * LANGUAGES.length;
      const judgedTurn = Object.keys(DESK_STATES).indexOf(state) % turns;
      for (const [i, { name, width, height, widthMm }] of PREVIEW_GLASSES.entries()) {
        await page.setViewportSize({ width, height });
        for (const [j, language] of LANGUAGES.entries()) {
          await turn(page, language, widthMm);
          const { breaches: found, ...met } = await page.evaluate<DeskMeasure>(`measureDesk(${widthMm})`);
          // Roles and colours are the same on every glass: axe, the slow one, takes each state once, every glass in turn.
          const isJudged = i * LANGUAGES.length + j === judgedTurn;
          const judged = isJudged ? await judge(page) : { violations: [], contrast: 99 };
          breaches.push(...[...found, ...judged.violations].map((one) => `${state} ${name} ${language}: ${one}`));
          least.targetMm = Math.min(least.targetMm, met.targetMm);
          least.letterMm = Math.min(least.letterMm, met.letterMm);
          least.contrast = Math.min(least.contrast, judged.contrast);
          if (mayUpdate && KEPT[state]?.includes(name)) await keep(page, `${state}-${name}-${language}.png`);
        }
      }
    }
    await Promise.all(Array.from({ length: PAGES }, work));
    process.stdout.write(`desk: ${Object.keys(DESK_STATES).length} states, least ${JSON.stringify(least)}\n`);
    expect(breaches).toEqual([]);
    expect(least.targetMm).toBeGreaterThanOrEqual(11.95);
    expect(least.letterMm).toBeGreaterThanOrEqual(3.95);
    expect(least.contrast).toBeGreaterThanOrEqual(4.5);
  });

  async function open(page: Page, state: string): Promise<void> {
    await page.goto(`http://127.0.0.1:${kiosk.port}/preview?state=${state}`);
    await page.waitForSelector('html[data-settled]');
    await page.evaluate('document.fonts.ready.then(() => {})');
    await page.evaluate(axe.source);
  }

  async function turn(page: Page, language: string, widthMm: number): Promise<void> {
    await page.evaluate(`turnGlass(${widthMm}); turnLanguage('${language}')`);
    await page.evaluate(
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))))',
    );
  }
});

/** axe's verdict with all its rules, in words, and the lowest contrast that it measured. */
async function judge(page: Page) {
  return page.evaluate(async () => {
    const { axe: judged } = globalThis as unknown as { axe: typeof axe };
    const { violations, passes } = await judged.run();
    const ratios = passes
      .filter(({ id }) => id === 'color-contrast')
      .flatMap(({ nodes }) => nodes.flatMap(({ any }) => any.map(({ data }) => data?.contrastRatio as number)))
      .filter((ratio) => ratio > 0);
    return {
      violations: violations.map(
        ({ id, nodes }) => `axe ${id}: ${nodes.map(({ html }) => html.slice(0, 90)).join(' | ')}`,
      ),
      contrast: Math.min(99, ...ratios),
    };
  });
}

async function keep(page: Page, file: string): Promise<void> {
  await mkdir(SCREENS, { recursive: true });
  await sharp(await page.screenshot())
    .png({ palette: true, compressionLevel: 9 })
    .toFile(join(SCREENS, file));
}
