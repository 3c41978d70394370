import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyPage } from '../../scripts/verify-page.ts';
import { signServerWord } from '../../src/contract/envelope/server-word.ts';
import { keyName, publicJwk, type Trust } from '../../src/contract/trust.ts';
import { issueReceipt } from '../../src/receipt/receipt.ts';
import { receiptStation, TYPICAL_FACTS } from '../fixtures/paper.ts';
import { tempFolder } from '../fixtures/temp.ts';
import { openBrowser, whyNoBrowser } from './browser.ts';
import { axeViolations, listenForComplaints } from './page-checks.ts';

const station = receiptStation();
const server = receiptStation().signer;
const trust: Trust = {
  server: [
    {
      ...publicJwk(server.key),
      kid: keyName(server.key),
      kty: 'OKP',
      crv: 'Ed25519',
      kinds: ['issuers', 'cmd'],
      refusedFrom: null,
    },
  ],
  sealing: { kid: 'x', kty: 'OKP', crv: 'X25519', x: 'A'.repeat(43) },
};
const list = (signer = server, issuers = station.trust.issuers) =>
  Buffer.from(signServerWord('issuers', { ...station.trust, issuers }, signer)).toString();
const facts = TYPICAL_FACTS[3];
if (!facts) throw new Error('no facts');
const { credential } = issueReceipt(facts, station.signer, null);
const changed = credential
  .replace(/\.(.)/, (_, char: string) => `.${char === 'e' ? 'f' : 'e'}`)
  .replace(/.{4}~$/, 'AAAA~');
const stranger = issueReceipt(facts, receiptStation().signer, null).credential;

/** The page that anybody may lay anywhere, in a real browser. */
describe.skipIf(whyNoBrowser())(`page that checks receipts ${whyNoBrowser() ?? ''}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());
  const verdict = async (page: Page) => {
    await page.waitForSelector('body[data-ready]');
    await page.waitForSelector('#verdict:not([hidden])');
    return await page.getAttribute('#verdict', 'data-state');
  };
  const paste = async (page: Page, text: string) => {
    await page.evaluate("document.getElementById('verdict').hidden = true");
    await page.fill('#text', text);
    await page.click('#check');
    return await verdict(page);
  };

  test('on a web server: by its address, pasted, in Thai and English, asking nothing of anybody else', async () => {
    using folder = tempFolder();
    writeFileSync(join(folder.path, 'index.html'), verifyPage(trust, null));
    writeFileSync(join(folder.path, 'receipt-trust.jws'), `${list()}\n`);
    const asked: string[] = [];
    const site = createServer((request, answer) => {
      asked.push(request.url ?? '');
      const name = request.url === '/' ? 'index.html' : (request.url ?? '').slice(1);
      try {
        answer.setHeader('content-type', name.endsWith('html') ? 'text/html' : 'application/jose');
        answer.end(readFileSync(join(folder.path, name)));
      } catch {
        answer.writeHead(404).end();
      }
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    const page = await browser.newPage({ viewport: { width: 390, height: 800 } });
    const origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
    const complaints = listenForComplaints(page, origin);
    await page.goto(`${origin}/#${credential}`);
    expect(await verdict(page)).toBe('genuine');
    const said = await page.textContent('main');
    for (const words of [
      '7KQ2-M8XD',
      'บัตรหมดอายุ',
      'Card has expired',
      'ที่ว่าการอำเภอตัวอย่าง',
      '30 พฤศจิกายน',
      '•-••••-••••9-99-4',
    ])
      expect(said).toContain(words);
    expect(await axeViolations(page)).toEqual([]);
    expect(await paste(page, changed)).toBe('changed');
    expect(await page.textContent('#verdict dl')).toBe('');
    expect(await paste(page, stranger)).toBe('unknown-issuer');
    for (const text of ['hello', `${credential}x`, credential.slice(0, -1), '7KQ2-M8XD'])
      expect(await paste(page, text)).toBe('not-a-receipt');
    expect(await paste(page, `https://example.org/#${credential}`)).toBe('genuine');
    expect(asked.filter((url) => !/favicon/.test(url))).toEqual(['/', '/receipt-trust.jws']);
    expect(complaints.filter((line) => !/favicon/.test(line))).toEqual([]);
    await page.close();
    site.close();
  });

  test('from a file, with the list in it or chosen; a list that the server has not signed is refused', async () => {
    using folder = tempFolder();
    const [inside, outside] = [join(folder.path, 'inside.html'), join(folder.path, 'outside.html')];
    writeFileSync(inside, verifyPage(trust, list()));
    writeFileSync(outside, verifyPage(trust, null));
    const page = await browser.newPage();
    await page.goto(`${pathToFileURL(inside).href}#${credential}`);
    expect(await verdict(page)).toBe('genuine');
    await page.goto(`${pathToFileURL(outside).href}#${credential}`);
    expect(await verdict(page)).toBe('unknown-issuer');
    const choose = async (text: string) => {
      await page.setInputFiles('#file', {
        name: 'receipt-trust.jws',
        mimeType: 'application/jose',
        buffer: Buffer.from(text),
      });
    };
    await choose(list(station.signer));
    await page.locator('#list', { hasText: 'not a good one' }).waitFor();
    await choose(list());
    await page.waitForSelector('#verdict[data-state=genuine]');
    await page.close();
  });
});
