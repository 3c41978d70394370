import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** No network of its own, no first-run pages, no component downloads: the browser only shows our pages. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Path of the system's Chromium, or `undefined` when none is installed. */
export function findChromium(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = ['chromium', 'chromium-browser'].flatMap((name) => folders.map((folder) => join(folder, name)));
  return candidates.find(isExecutable);
}

/** For `describe.skipIf`: why browser tests cannot run here, or `undefined` when they can. */
export function whyNoBrowser(): string | undefined {
  return findChromium() ? undefined : 'skipped: no chromium or chromium-browser on PATH';
}

/**
 * A headless Chromium with an empty profile of its own; close it with `await browser.close()` or `await using`.
 * @throws when no Chromium is installed
 */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('no chromium or chromium-browser on PATH');
  return chromium.launch({ executablePath, headless: true, args: FLAGS });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
