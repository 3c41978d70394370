import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MODELS_DIR, UI_DIR } from '../../src/station/paths.ts';
import { type RunningStation, runStation } from '../fixtures/run-station.ts';
import { openBrowser, whyNoBrowser } from './browser.ts';

const missing =
  whyNoBrowser() ??
  (existsSync(join(MODELS_DIR, 'people', 'index.json')) && existsSync(join(UI_DIR, 'kiosk.html'))
    ? undefined
    : 'skipped: models or screens are not built (./scripts/setup)');
if (missing) process.stderr.write(`Playing visits in the browser: ${missing}\n`);

/** A visitor of the demo: the panel on the right, the citizen's screen on the left, everything behind it real. */
describe.skipIf(missing !== undefined)('a visit played in the browser', () => {
  let running: RunningStation;
  let browser: Browser;
  let page: Page;
  let kiosk: FrameLocator;
  const complaints: string[] = [];

  beforeAll(async () => {
    running = await runStation({ uplink: { acknowledgementWaitMs: 50 } });
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (
        !request.url().startsWith(running.url) &&
        !request.url().startsWith('blob:') &&
        !request.url().startsWith('data:')
      )
        complaints.push(`asked elsewhere: ${request.url()}`);
    });
    await page.goto(running.url);
    kiosk = page.frameLocator('[data-testid=kiosk-frame]');
  });
  afterAll(async () => {
    await browser?.close();
    await running?.[Symbol.asyncDispose]();
  });

  const tap = (testId: string) => page.getByTestId(testId).click();
  const screen = (name: string) => kiosk.locator(`[data-screen=${name}]`).waitFor({ timeout: 60_000 });
  const publishedOutcomes = async () => (await running.openedVisits()).map((visit) => visit['outcome']);

  test('the right face ends verified, with a receipt and an event at the broker', async () => {
    await screen('idle');
    await tap('insert-normal');
    await screen('reading');
    await tap('face-person-1');
    await kiosk.getByTestId('agree').click();
    await screen('done');
    await expect.poll(publishedOutcomes).toEqual(['verified']);
    await tap('pull');
    await screen('idle');
  });

  test('a wrong face ends with staff called, and the citizen is told nothing else', async () => {
    await tap('face-person-3');
    await tap('insert-normal');
    await screen('reading');
    await kiosk.getByTestId('agree').click();
    await screen('staff');
    const words = await kiosk.locator('body').textContent();
    expect(words).not.toMatch(/ไม่ตรง|ปฏิเสธ|ปลอม|not match|reject|attack|score|\d{13}/i);
    await expect.poll(publishedOutcomes).toEqual(['verified', 'undetermined']);
    await tap('pull');
    await screen('idle');
  });

  test('a made-up stream of the right face does not answer the ring light: staff are called', async () => {
    await tap('face-person-1');
    await page.getByTestId('presentation').selectOption('injected');
    await tap('insert-normal');
    await screen('reading');
    await kiosk.getByTestId('agree').click();
    await screen('staff');
    await expect.poll(publishedOutcomes).toEqual(['verified', 'undetermined', 'undetermined']);
    await page.getByTestId('presentation').selectOption('living');
    await tap('pull');
    await screen('idle');
  });

  test('the camera is unplugged in the middle: people take over, and it is told to staff', async () => {
    await tap('camera');
    await tap('insert-normal');
    await screen('reading');
    await kiosk.getByTestId('agree').click();
    await screen('staff');
    await page.getByTestId('last-fault').waitFor();
    expect(await page.getByTestId('last-fault').textContent()).toMatch(/CAMERA_MISSING/);
    await tap('camera');
    await tap('pull');
    await screen('idle');
  });

  test('the citizen can choose English, and the next person finds Thai again', async () => {
    await kiosk.getByTestId('language').click();
    await tap('insert-normal');
    await screen('reading');
    expect(await kiosk.locator('body').textContent()).toMatch(/card/i);
    await tap('pull');
    await screen('idle');
    expect(await kiosk.locator('body').textContent()).toMatch(/กรุณาเสียบ/);
  });

  test('within a second of the card leaving, the picture is gone', async () => {
    await tap('face-person-1');
    await tap('insert-year-only');
    await screen('reading');
    await kiosk.getByTestId('agree').click();
    await screen('capture');
    await kiosk.locator('[data-screen=capture] img, [data-screen=capture] canvas').first().waitFor();
    await tap('pull');
    await screen('idle');
    expect(await kiosk.locator('img[src^="blob:"], canvas').count()).toBe(0);
  });

  test('nothing was asked of any other host and no page complained', () => {
    expect(complaints).toEqual([]);
  });
});
