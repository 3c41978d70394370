import type { Browser, JSHandle, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CitizenScreen } from '../../src/kiosk/protocol.ts';
import { type Kiosk, startKiosk } from '../../src/kiosk/server.ts';
import { FakeHost } from '../fixtures/kiosk/fake-host.ts';
import { openBrowser, whyNoBrowser } from './browser.ts';
import { buildUi } from './built-ui.ts';
import { listenForComplaints } from './page-checks.ts';

const CAPTURE: CitizenScreen = {
  screen: 'capture',
  hint: 'come-closer',
  framed: false,
  attempt: 1,
  attemptsAllowed: 3,
  cardProgress: 1,
  dignityLeftS: null,
};

/** The real pages over the real server, with a station that only remembers. */
describe.skipIf(whyNoBrowser())(`pages ${whyNoBrowser() ?? ''}`, () => {
  let ui: Awaited<ReturnType<typeof buildUi>>;
  let browser: Browser;
  let host: FakeHost;
  let kiosk: Kiosk;
  let page: Page;
  let complaints: readonly string[];

  beforeAll(async () => {
    ui = await buildUi();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await ui?.[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    host = new FakeHost({ isDemo: true });
    kiosk = await startKiosk(host, { port: 0, uiDir: ui.uiDir, log: () => {} });
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    complaints = listenForComplaints(page, `http://127.0.0.1:${kiosk.port}`);
  });
  afterEach(async () => {
    await page.close();
    await kiosk.close();
  });

  const open = (path: string) => page.goto(`http://127.0.0.1:${kiosk.port}${path}`);
  const screen = (name: string) => page.waitForSelector(`[data-screen="${name}"]`);

  test('a citizen goes through a visit by touch, in both languages', async () => {
    await open('/kiosk');
    await screen('idle');
    expect(await page.textContent('h1')).toBe('กรุณาเสียบบัตรประชาชน');
    await page.click('[data-testid="language"]');
    await page.waitForSelector('html[lang="en"]', { state: 'attached' });
    expect(await page.textContent('h1')).toBe('Please insert your ID card');
    host.show({ screen: 'reading', progress: 0.5, consent: 'asked', purpose: { id: 'face-comparison' } });
    await screen('reading');
    expect(await page.getAttribute('[role="progressbar"]', 'aria-valuenow')).toBe('50');
    await page.click('[data-testid="agree"]');
    host.show({ screen: 'done', receipt: { code: '7KQ2-M8XD', qrText: 'THUENGBAN:7KQ2-M8XD' }, nextStep: 'all-done' });
    await screen('done');
    expect(await page.textContent('.receipt')).toContain('7KQ2-M8XD');
    // A touch makes it as large as the glass, the next one small again; it goes with the screen.
    const width = () => page.$eval('.receipt .qr', (one) => one.getBoundingClientRect().width);
    const small = await width();
    await page.click('[data-testid="receipt"]');
    expect(await width()).toBeGreaterThan(2 * small);
    await page.click('[data-testid="receipt"]');
    expect(await width()).toBe(small);
    expect(host.handled).toEqual([
      { kind: 'set-language', language: 'en' },
      { kind: 'consent', purpose: 'face-comparison', choice: 'agree', how: 'touch', isShort: false },
    ]);
    expect(complaints).toEqual([]);
  });

  test('the keyboard alone is enough: the main line has the focus, Tab goes to the answers', async () => {
    await open('/kiosk');
    host.show({ screen: 'reading', progress: 0.5, consent: 'asked', purpose: { id: 'face-comparison' } });
    await screen('reading');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    const asked = host.nextHandled();
    await page.keyboard.press('Enter');
    expect(await asked).toEqual({
      kind: 'consent',
      purpose: 'face-comparison',
      choice: 'ask-staff',
      how: 'button',
      isShort: false,
    });
  });

  test('the preview is drawn while capturing and gone with the screen', async () => {
    await open('/kiosk');
    host.show(CAPTURE);
    await screen('capture');
    const red = await sharp({ create: { width: 32, height: 24, channels: 3, background: '#c00' } })
      .jpeg()
      .toBuffer();
    const canvas = (await page.waitForSelector('canvas')) as unknown as JSHandle<{ width: number; height: number }>;
    const size = () => canvas.evaluate(({ width, height }) => width * height);
    // As a camera does: frames keep coming, some are dropped, in time one is drawn.
    const camera = setInterval(() => host.sendPreview(red), 50);
    await page.waitForSelector('.face-guide', { state: 'detached' });
    clearInterval(camera);
    expect(await size()).toBe(32 * 24);
    host.show({ screen: 'idle', expects: 'anybody' });
    await screen('idle');
    expect(await page.$('canvas')).toBeNull();
    expect(await size()).toBe(1);
  });

  test('a lost station wipes the screen at once, and the page comes back by itself', async () => {
    await open('/kiosk');
    host.show(CAPTURE);
    await screen('capture');
    await kiosk.close();
    await screen('out-of-service');
    expect(await page.$('canvas')).toBeNull();
    host.show({ screen: 'idle', expects: 'anybody' });
    kiosk = await startKiosk(host, { port: kiosk.port, uiDir: ui.uiDir, log: () => {} });
    await screen('idle');
  });

  test('staff sees who waits and takes over', async () => {
    await open('/operator');
    host.show({ screen: 'staff', receipt: null, nextStep: null });
    const asked = host.nextHandled();
    await page.click('[data-testid="staff-done"]');
    expect(await asked).toEqual({ kind: 'staff-done' });
    const bar = await page.$$eval('[data-bar]', (items) => items.map((one) => one.textContent?.trim()));
    expect(bar.length).toBeGreaterThan(1);
    for (const words of bar) expect(words).toMatch(/[ก-๙]/);
    // Whoever is with them already is not called.
    host.deskStatus = { ...host.deskStatus, isStaffThere: true };
    host.change();
    await page.waitForSelector('[data-testid="staff-done"]', { state: 'detached' });
    host.deskStatus = { ...host.deskStatus, isStaffThere: false };
    host.change();
    await page.waitForSelector('[data-testid="staff-done"]');
    host.show({ screen: 'idle', expects: 'anybody' });
    await page.waitForSelector('[data-testid="staff-done"]', { state: 'detached' });
    expect(complaints).toEqual([]);
  });

  test('the panel plays card and face beside the kiosk', async () => {
    await open('/');
    await page.waitForSelector('[data-page="simulator"]');
    expect(new URL(page.url()).pathname).toBe('/simulator');
    await page.frameLocator('[data-testid="kiosk-frame"]').locator('[data-screen="idle"]').waitFor();
    const inserted = host.nextHandled();
    await page.click('[data-testid="insert-somchai"]');
    expect(await inserted).toEqual({ kind: 'simulate', command: { do: 'insert-card', person: 'somchai' } });
    const shown = host.nextHandled();
    await page.click('[data-testid="face-somchai"]');
    expect(await shown).toEqual({ kind: 'simulate', command: { do: 'show-face', face: 'somchai' } });
    expect(complaints).toEqual([]);
  });
});
