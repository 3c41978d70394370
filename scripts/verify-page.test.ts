import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { verifyPage } from './verify-page.ts';

test('docs/verify is what the source says (`npm run verify-page` writes it), and asks nobody else', () => {
  const page = verifyPage(null, null);
  expect(readFileSync(new URL('../docs/verify/index.html', import.meta.url), 'utf8')).toBe(page);
  expect(page).not.toMatch(/\{\{|https?:\/\/|src=|@import/);
  expect(page).toMatch(/default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-/);
});
