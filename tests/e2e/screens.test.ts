import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CLIP_LINES } from '../../scripts/audio/clip-list.ts';
import { type Kiosk, startKiosk } from '../../src/kiosk/server.ts';
import type { GlassReport, GlassRules } from '../../src/ui/preview/glass-report.ts';
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
  'idle-representative',
  'reading-asked',
  'reading-purpose',
  'capture-closer',
  'checking',
  'done',
  'staff-receipt',
  'still-there',
  'out-of-service',
  'bedside-closer',
  'bedside-asked',
  'explain-shop',
  'explain-people',
  'explain-line',
  'card-hello',
  'card-look-once',
  'card-answers',
  'display',
  'simulator-start',
]);
const mayUpdate = process.env['UPDATE_SCREENS'] === '1';
const mayUpdateFigures = process.env['UPDATE_DOCS'] === '1';
const LANGUAGES = ['th', 'en'] as const;
const STAFF_DISPLAY = { width: 1440, height: 900 };
const CITIZEN = Object.keys(PREVIEW_STATES);
/** How people with weak eyes set it: everything of it at once. */
const AIDED = '&text=1.5&contrast=high&motion=still';
/** The handheld is read at 40 cm, the others at 60 cm. */
const near = (glass: string) => (glass === 'portrait' ? 40 / 60 : 1);

/** What all pages together come to. */
const figures = { pages: 0, axe: 0, violations: 0, targetMm: 999, letterMm: 999, contrast: 99 };

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

  test.each(cases)('$name $language: every screen keeps the rules of the glass', async (glass) => {
    const { name, language, width, height, widthMm } = glass;
    const query = (state: string, extra: string) => `?state=${state}&lang=${language}&widthMm=${widthMm}${extra}`;
    const breaches = await inOnePage({ width, height }, async (page) => {
      const found: Record<string, readonly string[]> = {};
      const names = CITIZEN.flatMap((state) => ['', AIDED].map((extra) => ({ state, extra })));
      const reports = await measureAll(
        page,
        names.map(({ state, extra }) => query(state, extra)),
        { widthMm, near: near(name) },
      );
      for (const [i, report] of reports.entries()) {
        count(report);
        if (report.breaches.length > 0) found[`${names[i]?.state}${names[i]?.extra}`] = report.breaches;
      }
      for (const state of mayUpdate ? CITIZEN.filter((one) => KEPT.has(one)) : []) {
        await show(page, query(state, ''));
        await takePicture(page, `${name}-${state}-${language}.png`);
      }
      return found;
    });
    expect(breaches).toEqual({});
  });

  test('every screen is accessible, plain and in high contrast, and can be heard', async () => {
    const heard = new Set<string>(CLIP_LINES.map(({ id }) => id));
    const breaches = await inOnePage({ width: 1280, height: 800 }, async (page) => {
      const found: Record<string, readonly string[]> = {};
      for (const [state, shown] of Object.entries(PREVIEW_STATES)) {
        // Each state once; every other one dark, so that both are seen in all parts.
        const isDark = Object.keys(PREVIEW_STATES).indexOf(state) % 2 === 1;
        await show(page, `?state=${state}&lang=th&widthMm=217${isDark ? '&contrast=high' : ''}`);
        const wrong = await axeViolations(page);
        figures.axe += 1;
        figures.violations += wrong.length;
        const silent = (await page.$$eval('[data-say]', (all) => all.map((one) => one.getAttribute('data-say') ?? '')))
          .filter((id) => !id.startsWith('purpose.') && !heard.has(id))
          .map((id) => `no clip is asked for: ${id}`);
        const hears = (await page.$$('[data-say]')).length > 0;
        const all = [...wrong, ...silent, ...(hears || shown.view.screen === 'connecting' ? [] : ['nothing to hear'])];
        if (all.length > 0) found[state] = all;
      }
      return found;
    });
    expect(breaches).toEqual({});
  });

  test.each(LANGUAGES)('%s: the pages for staff are accessible and do not run off the side', async (language) => {
    const breaches = await inOnePage(STAFF_DISPLAY, async (page) => {
      const found: Record<string, readonly string[]> = {};
      for (const [state, { page: which }] of Object.entries(PREVIEW_STAFF)) {
        // The operators' desk has a test of its own: desk-screens.test.ts.
        if (which === 'operator') continue;
        await show(page, `?state=${state}&lang=${language}`);
        const isWide = await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');
        const wrong = await axeViolations(page);
        figures.axe += 1;
        figures.violations += wrong.length;
        const all = [...(isWide ? ['runs off the side'] : []), ...wrong];
        if ((await page.getAttribute('html', 'lang')) !== language) all.push('wrong lang attribute');
        if (all.length > 0) found[state] = all;
        if (KEPT.has(state)) await takePicture(page, `staff-${state}-${language}.png`);
      }
      return found;
    });
    expect(breaches).toEqual({});
  });

  test('the gallery shows every state, narrows them by its filters, and its address brings them back', async () => {
    const breaches = await inOnePage({ width: 1400, height: 1000 }, async (page) => {
      // The screens themselves are not wanted here.
      await page.route('**/preview?state=*', (route) => route.fulfill({ body: '', contentType: 'text/html' }));
      await page.goto(`http://127.0.0.1:${kiosk.port}/preview`);
      await page.waitForSelector('.gallery');
      const states = () => page.$$eval('.gallery li a', (links) => links.map((one) => one.textContent ?? ''));
      expect((await states()).length).toBe(CITIZEN.length + Object.keys(PREVIEW_STAFF).length);
      await page.selectOption('[name=glass]', 'portrait');
      await page.fill('[name=find]', 'bedside');
      expect(await states()).toEqual(CITIZEN.filter((name) => name.includes('bedside')));
      expect(new URL(page.url()).search).toContain('glass=portrait');
      await page.reload();
      await page.waitForSelector('.gallery');
      expect(await states()).toEqual(CITIZEN.filter((name) => name.includes('bedside')));
      expect(await page.getAttribute('.gallery li a', 'href')).toContain('widthMm=75');
      return {};
    });
    expect(breaches).toEqual({});
  });

  test('the figures of all of it', async () => {
    const { pages, axe, violations, targetMm, letterMm, contrast } = figures;
    const line = `${CITIZEN.length} citizen states, ${pages} pages measured: smallest target ${targetMm.toFixed(1)} mm, smallest letter ${letterMm.toFixed(1)} mm, smallest contrast ${contrast.toFixed(1)}:1; axe on ${axe} pages: ${violations} violations`;
    process.stdout.write(`${line}\n`);
    expect(targetMm).toBeGreaterThanOrEqual(19.95);
    expect(contrast).toBeGreaterThanOrEqual(4.5);
    if (mayUpdateFigures) await writeFigures(line);
  });

  /** Opens one page and lends it; what it complains of is a breach like the others. */
  async function inOnePage(
    viewport: { readonly width: number; readonly height: number },
    use: (page: Page) => Promise<Record<string, readonly string[]>>,
  ): Promise<Record<string, readonly string[]>> {
    const origin = `http://127.0.0.1:${kiosk.port}`;
    const context: BrowserContext = await browser.newContext({
      viewport,
      reducedMotion: 'reduce',
      timezoneId: 'Asia/Bangkok',
    });
    const page = await context.newPage();
    const complaints = listenForComplaints(page, origin);
    await page.goto(`${origin}/preview?state=idle&lang=th`);
    await page.waitForSelector('[data-screen]');
    await page.evaluate('document.fonts.ready.then(() => {})');
    const found = await use(page);
    await context.close();
    return complaints.length > 0 ? { ...found, console: complaints } : found;
  }

  /** Another state in the same page, drawn and at rest. */
  async function show(page: Page, query: string): Promise<void> {
    await page.evaluate(`new Promise((resolve) => {
      showPreview(${JSON.stringify(query)});
      requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
    })`);
    await page.waitForSelector('[data-screen], [data-page]');
  }

  /** Shows and measures each in turn, all in the page: nothing is waited for but its drawing. */
  function measureAll(page: Page, queries: readonly string[], rules: GlassRules): Promise<GlassReport[]> {
    return page.evaluate(`(async () => {
      const reports = [];
      for (const query of ${JSON.stringify(queries)}) {
        showPreview(query);
        await new Promise((resolve) => setTimeout(resolve));
        reports.push(breachesOnGlass(${JSON.stringify(rules)}));
      }
      return reports;
    })()`);
  }

  function count({ smallestTargetMm, smallestLetterMm, smallestContrast }: GlassReport): void {
    figures.pages += 1;
    figures.targetMm = Math.min(figures.targetMm, smallestTargetMm ?? 999);
    figures.letterMm = Math.min(figures.letterMm, smallestLetterMm);
    figures.contrast = Math.min(figures.contrast, smallestContrast);
  }

  async function takePicture(page: Page, file: string): Promise<void> {
    if (!mayUpdate) return;
    const picture = await page.screenshot();
    await mkdir(SCREENS, { recursive: true });
    await sharp(picture).png({ palette: true, colours: 64, compressionLevel: 9 }).toFile(join(SCREENS, file));
  }
});

/** Puts today's figures between the marks of docs/screens/README.md. */
async function writeFigures(line: string): Promise<void> {
  const path = join(SCREENS, 'README.md');
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replace(/(<!-- figures -->\n)[^\n]*\n/, `$1${line}\n`));
}
