import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CLIP_LINES } from '../../scripts/audio/clip-list.ts';
import { makeAudio } from '../../scripts/audio/make-audio.ts';
import { type Kiosk, startKiosk } from '../../src/kiosk/server.ts';
import { SAMPLE_PROGRAMME } from '../../src/ui/preview/sample-programme.ts';
import { FakeHost } from '../fixtures/kiosk/fake-host.ts';
import { openBrowser, whyNoBrowser } from './browser.ts';
import { buildUi } from './built-ui.ts';
import { listenForComplaints } from './page-checks.ts';

const IDLE = { screen: 'idle', expects: 'anybody' } as const;
const ASKED = { screen: 'reading', progress: 1, consent: 'asked', purpose: { id: 'face-comparison' } } as const;
/** Only what these tests hear, so that they are quick. */
const HEARD = CLIP_LINES.filter(({ id }) => /^(idle\.|reading\.|staff\.|explain\.|hint\.|capture\.)/.test(id));

/** What helps people to read, hear and work the citizen's page; over the real server. */
describe.skipIf(whyNoBrowser())(`aids ${whyNoBrowser() ?? ''}`, () => {
  let ui: Awaited<ReturnType<typeof buildUi>>;
  let canStandIn: boolean;
  let browser: Browser;
  let host: FakeHost;
  let kiosk: Kiosk;
  let page: Page;
  let complaints: readonly string[];

  beforeAll(async () => {
    ui = await buildUi();
    ({ canStandIn } = await makeAudio({
      lines: HEARD,
      outDir: join(ui.uiDir, 'audio'),
      recordingsDir: join(ui.uiDir, 'none'),
    }));
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await ui?.[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    host = new FakeHost({ isDemo: true });
    host.programmeInfo = SAMPLE_PROGRAMME;
    kiosk = await startKiosk(host, { port: 0, uiDir: ui.uiDir, log: () => {} });
    page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
    complaints = listenForComplaints(page, `http://127.0.0.1:${kiosk.port}`);
    await page.addInitScript(`
      globalThis.heard = [];
      const play = HTMLMediaElement.prototype.play;
      HTMLMediaElement.prototype.play = function () {
        heard.push(new URL(this.src).pathname);
        return play.call(this);
      };`);
  });
  afterEach(async () => {
    await page.close();
    await kiosk.close();
    expect(complaints).toEqual([]);
  });

  const open = async () => {
    await page.goto(`http://127.0.0.1:${kiosk.port}/kiosk`);
    await page.waitForSelector('[data-screen="idle"]');
  };
  const tap = (testId: string) => page.click(`[data-testid="${testId}"]`);
  const sheet = (name: string) => page.waitForSelector(`[data-sheet="${name}"]`);
  const noSheet = () => page.waitForSelector('.kiosk:not([data-sheet])');
  const heard = () => page.evaluate<string[]>('heard');
  // Asked from here again and again: the page's own policy forbids a wait that compiles its condition within the page.
  const clipsAreListed = () =>
    expect
      .poll(() =>
        page.evaluate('performance.getEntriesByName(location.origin + "/audio/manifest.json").length').then(Number),
      )
      .toBeGreaterThan(0);
  const focused = () => page.evaluate<string | undefined>('document.activeElement.dataset.testid');

  test('the programme is explained page by page, told once, and gives way to a card', async () => {
    await open();
    await tap('explain');
    await sheet('explain');
    const told = host.nextHandled();
    for (let i = 0; i < SAMPLE_PROGRAMME.explain.length; i += 1) await tap('next');
    expect(await told).toEqual({ kind: 'explained' });
    expect(await page.getAttribute('.line-qr svg', 'aria-label')).toContain(SAMPLE_PROGRAMME.line?.name);
    await tap('back');
    await tap('next');
    expect(host.handled).toEqual([{ kind: 'explained' }]);
    host.show(ASKED);
    await page.waitForSelector('[data-screen="reading"]:not([data-sheet])');
  });

  test('picture cards: one tap, then keys, swipes, and answers to point at', async () => {
    await open();
    host.show(ASKED);
    await page.waitForSelector('[data-screen="reading"]');
    await tap('cards');
    expect(await page.textContent('h1')).toBe('สวัสดี');
    expect(await page.textContent('.other')).toBe('Hello');
    await page.keyboard.press('ArrowRight');
    await page.waitForSelector('[data-prompt="cards.1"]');
    await page.mouse.move(800, 300);
    await page.mouse.down();
    await page.mouse.move(500, 310);
    await page.mouse.up();
    await page.waitForSelector('[data-prompt="cards.2"]');
    await tap('answers');
    expect(await page.textContent('.pointing')).toMatch(/ใช่Yes.*ไม่No.*หยุดStop/);
    await page.keyboard.press('Escape');
    await noSheet();
    expect(host.handled).toEqual([]);
  });

  test('refusing is as easy as agreeing, for the comparison and for any other purpose', async () => {
    await open();
    host.show({ ...ASKED, purpose: { id: 'share', words: { th: 'ให้โรงพยาบาล|รู้', en: 'Tell the hospital' } } });
    await page.waitForSelector('.purpose');
    expect(await page.textContent('.purpose')).toBe('ให้โรงพยาบาลรู้');
    const sizes = await page.$$eval('.choice', (all) =>
      all.map((one) => JSON.stringify(one.getBoundingClientRect().toJSON().width)),
    );
    expect(new Set(sizes).size).toBe(1);
    const asked = host.nextHandled();
    await tap('ask-staff');
    expect(await asked).toEqual({
      kind: 'consent',
      purpose: 'share',
      choice: 'ask-staff',
      how: 'touch',
      isShort: false,
    });
  });

  test('how the screen looks is chosen for one visit and forgotten after it', async () => {
    await open();
    await tap('display');
    await tap('text-1.5');
    await tap('contrast');
    await tap('still');
    await tap('close');
    await page.waitForSelector('.kiosk[data-text="1.5"][data-contrast="high"][data-still="yes"]');
    host.show(ASKED);
    await page.waitForSelector('[data-screen="reading"][data-text="1.5"]');
    host.show(IDLE);
    await page.waitForSelector('[data-screen="idle"][data-text="1"]:not([data-contrast], [data-still])');
  });

  test('two switches are enough: one goes on, one chooses', async () => {
    host.aids = { ...host.aids, switches: 'step' };
    await open();
    host.show(ASKED);
    await page.waitForSelector('[data-screen="reading"]');
    await page.keyboard.press('Space');
    expect(await focused()).toBe('agree');
    await page.keyboard.press('Space');
    expect(await focused()).toBe('ask-staff');
    const asked = host.nextHandled();
    await page.keyboard.press('Enter');
    expect(await asked).toEqual({
      kind: 'consent',
      purpose: 'face-comparison',
      choice: 'ask-staff',
      how: 'button',
      isShort: false,
    });
    expect(host.handled.length).toBe(1);
  });

  test('one switch is enough: the choice moves on by itself at the pace that was set', async () => {
    await page.clock.install();
    host.aids = { ...host.aids, switches: 'auto', switchPaceMs: 2_000 };
    await open();
    host.show(ASKED);
    await page.waitForSelector('[data-screen="reading"]');
    await page.clock.runFor(2_000);
    expect(await focused()).toBe('agree');
    await page.clock.runFor(2_000);
    expect(await focused()).toBe('ask-staff');
    const asked = host.nextHandled();
    await page.keyboard.press('Space');
    expect(await asked).toMatchObject({ kind: 'consent', purpose: 'face-comparison', choice: 'ask-staff' });
  });

  test('the second tap of a trembling hand does not answer the next purpose', async () => {
    await page.clock.install();
    await open();
    host.show(ASKED);
    await page.waitForSelector('[data-screen="reading"]');
    const first = host.nextHandled();
    await tap('agree');
    expect(await first).toMatchObject({ kind: 'consent', purpose: 'face-comparison' });
    const words = { th: 'ให้โทรแจ้งข่าว', en: 'Calls about the programme' };
    host.show({ ...ASKED, purpose: { id: 'phone-calls', words } });
    await page.waitForSelector('[data-testid="agree"][aria-disabled="true"]');
    const handled = host.handled.length;
    await page.click('[data-testid="agree"]', { force: true });
    await page.clock.runFor(1_100);
    await page.waitForSelector('[data-testid="agree"][aria-disabled="false"]');
    expect(host.handled.length).toBe(handled);
    const second = host.nextHandled();
    await tap('agree');
    expect(await second).toMatchObject({ kind: 'consent', purpose: 'phone-calls' });
  });

  test('at a bedside the picture is as the eye sees it, and the time left counts down quietly', async () => {
    await page.clock.install();
    await open();
    host.place = 'bedside';
    host.show({
      screen: 'capture',
      hint: 'come-closer',
      framed: false,
      attempt: 5,
      attemptsAllowed: 3,
      cardProgress: 1,
      dignityLeftS: 161,
    });
    await page.waitForSelector('.bedside .ring');
    expect(await page.textContent('.dignity')).toBe('2:41');
    await page.clock.runFor(3_000);
    expect(await page.textContent('.dignity')).toBe('2:38');
    expect(await page.textContent('.attempt')).toBe('ครั้งที่ 2 จาก 2');
    expect(await page.textContent('h1')).toBe('ขยับเครื่องเข้าใกล้อีกนิด');
    expect(
      await page.$eval('.ring canvas', (canvas) =>
        (canvas as unknown as { computedStyleMap(): { get(name: string): object } })
          .computedStyleMap()
          .get('transform')
          .toString(),
      ),
    ).toContain('-1');
    expect(await page.textContent('[data-testid="call-staff"]')).toBe('เจ้าหน้าที่ทำต่อ');
  });

  test('a tap reads the screen aloud with its answers, marked as a stand-in, and stops with the screen', async ({
    skip,
  }) => {
    if (!canStandIn) skip('espeak-ng is not installed: no stand-in voice to hear');
    await open();
    host.show(ASKED);
    await page.waitForSelector('[data-screen="reading"]');
    await clipsAreListed();
    await tap('listen');
    await page.waitForSelector('.stand-in');
    await expect.poll(heard).toContain('/audio/th/reading.main.wav');
    host.show({ screen: 'checking' });
    await page.waitForSelector('[data-screen="checking"]');
    await page.waitForSelector('.stand-in', { state: 'detached' });
  });

  test('set to speak, each new screen is heard by itself, and a hint alone when only that is new', async ({ skip }) => {
    if (!canStandIn) skip('espeak-ng is not installed: no stand-in voice to hear');
    host.aids = { ...host.aids, audio: 'speak' };
    await open();
    await clipsAreListed();
    // A page may make a sound only after somebody has touched it, unless the browser is told otherwise as on a station.
    await page.mouse.click(5, 795);
    const capture = {
      screen: 'capture',
      framed: false,
      attempt: 1,
      attemptsAllowed: 3,
      cardProgress: 1,
      dignityLeftS: null,
    } as const;
    host.show({ ...capture, hint: 'come-closer' });
    await expect.poll(heard).toContain('/audio/th/capture.main.wav');
    host.show({ ...capture, hint: 'hold-still' });
    await expect.poll(heard).toContain('/audio/th/hint.hold-still.wav');
    expect((await heard()).filter((path) => path.includes('capture.main')).length).toBe(1);
    host.show(IDLE);
    await expect.poll(heard).toContain('/audio/th/idle.main.wav');
  });

  test('with headphones two keys go through words and choices, and nothing is heard by itself', async ({ skip }) => {
    if (!canStandIn) skip('espeak-ng is not installed: no stand-in voice to hear');
    host.aids = { ...host.aids, audio: 'headphones' };
    await open();
    await clipsAreListed();
    host.show(ASKED);
    await page.waitForSelector('[data-screen="reading"]');
    expect(await heard()).toEqual([]);
    const steps = ['reading.compared', 'reading.kept', 'reading.agree', 'reading.ask-staff'];
    for (const step of steps) {
      await page.keyboard.press('Space');
      await expect.poll(heard).toContain(`/audio/th/${step}.wav`);
    }
    const asked = host.nextHandled();
    await page.keyboard.press('Enter');
    expect(await asked).toMatchObject({ kind: 'consent', purpose: 'face-comparison', choice: 'ask-staff' });
  });

  test('a station that is no demo stays silent rather than let the stand-in speak', async () => {
    host.aids = { ...host.aids, mayStandIn: false };
    await open();
    await clipsAreListed();
    await tap('listen');
    await page.waitForSelector('[data-testid="listen"][aria-pressed="false"]');
    expect(await heard()).toEqual([]);
    expect(await page.$('.stand-in')).toBeNull();
  });
});
