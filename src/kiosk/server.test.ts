import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeHost } from '../../tests/fixtures/kiosk/fake-host.ts';
import { TestPage } from '../../tests/fixtures/kiosk/test-page.ts';
import { buildKioskApp } from './app.ts';
import { MAX_MESSAGE_BYTES } from './messages.ts';
import { type Kiosk, startKiosk } from './server.ts';

let uiDir: string;
const logged: string[] = [];
const log = (event: string) => void logged.push(event);

beforeEach(async () => {
  logged.length = 0;
  uiDir = await mkdtemp(join(tmpdir(), 'kiosk-ui-'));
  await mkdir(join(uiDir, 'assets'));
  for (const page of ['kiosk', 'operator', 'simulator', 'preview']) {
    await writeFile(join(uiDir, `${page}.html`), `<!doctype html><title>${page}</title>`);
  }
  await writeFile(join(uiDir, 'assets', 'a.css'), 'b{}');
});
afterEach(() => rm(uiDir, { recursive: true }));

describe('pages', () => {
  const ask = async (isDemo: boolean, url: string, headers: Record<string, string>) => {
    const { app } = buildKioskApp(new FakeHost({ isDemo }), { uiDir, log }, () => 8080);
    try {
      return await app.inject({ url, headers: { host: '127.0.0.1:8080', ...headers } });
    } finally {
      await app.close();
    }
  };

  test.each([
    { headers: { host: 'evil.example' }, status: 403 },
    { headers: { host: '127.0.0.1:8081' }, status: 403 },
    { headers: { host: '127.0.0.1' }, status: 403 },
    { headers: { origin: 'http://evil.example' }, status: 403 },
    { headers: { origin: 'https://127.0.0.1:8080' }, status: 403 },
    { headers: { origin: 'null' }, status: 403 },
    { headers: { origin: 'http://localhost:8080' }, status: 200 },
    { headers: { host: 'localhost:8080' }, status: 200 },
  ])('$headers → $status', async ({ headers, status }) => {
    for (const url of ['/kiosk', '/healthz', '/assets/a.css']) {
      expect((await ask(false, url, headers as Record<string, string>)).statusCode).toBe(status);
    }
  });

  test('every answer forbids what is inline, outside, kept, or framed by others', async () => {
    for (const url of ['/kiosk', '/nothing-here', '/readyz']) {
      const { headers } = await ask(false, url, {});
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['x-content-type-options']).toBe('nosniff');
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'self'");
      expect(policy).not.toContain('unsafe');
    }
  });

  test.each([
    { isDemo: true, to: '/simulator', demoStatus: 200 },
    { isDemo: false, to: '/kiosk', demoStatus: 404 },
  ])('demo $isDemo: / leads to $to, demo pages answer $demoStatus', async ({ isDemo, to, demoStatus }) => {
    expect((await ask(isDemo, '/', {})).headers.location).toBe(to);
    expect((await ask(isDemo, '/simulator', {})).statusCode).toBe(demoStatus);
    expect((await ask(isDemo, '/preview', {})).statusCode).toBe(demoStatus);
    expect((await ask(isDemo, '/operator', {})).statusCode).toBe(200);
  });

  test.each(['/simulator.html', '/assets/../simulator.html', '/assets/%2e%2e/simulator.html', '/assets/', '/ws/other'])(
    '%s is not there',
    async (url) => {
      expect((await ask(false, url, {})).statusCode).toBeGreaterThanOrEqual(400);
    },
  );

  test('probes: alive, fit or not, figures', async () => {
    const host = new FakeHost({ isDemo: false });
    const { app } = buildKioskApp(host, { uiDir, log }, () => 8080);
    const get = (url: string) => app.inject({ url, headers: { host: '127.0.0.1:8080' } });
    expect((await get('/healthz')).statusCode).toBe(200);
    expect((await get('/readyz')).statusCode).toBe(200);
    host.ready = false;
    expect((await get('/readyz')).statusCode).toBe(503);
    expect((await get('/metrics')).body).toContain('up 1');
    host.metrics = () => Promise.reject(new Error('broken'));
    const failed = await get('/metrics');
    expect(failed.statusCode).toBe(500);
    expect(failed.body).not.toContain('broken');
    await app.close();
  });

  test('screens that are not built say how to build them', async () => {
    await rm(join(uiDir, 'kiosk.html'));
    const answer = await ask(false, '/kiosk', {});
    expect(answer.statusCode).toBe(503);
    expect(answer.body).toContain('npm run ui:build');
  });
});

describe('sockets', () => {
  let host: FakeHost;
  let kiosk: Kiosk;
  const open = (role: string, origin?: string | null) =>
    TestPage.open(
      `ws://127.0.0.1:${kiosk.port}/ws/${role}`,
      origin === undefined ? `http://127.0.0.1:${kiosk.port}` : origin,
    );

  beforeEach(async () => {
    host = new FakeHost({ isDemo: true });
    kiosk = await startKiosk(host, { port: 0, uiDir, log });
  });
  afterEach(() => kiosk.close());

  test('each role hears its own states and no more', async () => {
    const kinds = async (role: string, count: number) => {
      const page = await open(role);
      const heard = [];
      while (heard.length < count) heard.push((await page.next()).kind);
      // The beat comes after every state: nothing else was queued.
      heard.push((await page.next()).kind);
      page.close();
      return heard;
    };
    expect(await Promise.all([kinds('citizen', 2), kinds('operator', 3), kinds('simulator', 4)])).toEqual([
      ['screen', 'programme', 'alive'],
      ['screen', 'programme', 'operator', 'alive'],
      ['screen', 'programme', 'operator', 'simulator', 'alive'],
    ]);
  });

  test('a change is sent once, whole', async () => {
    const page = await open('citizen');
    expect(await page.next()).toEqual({
      kind: 'screen',
      language: 'th',
      widthMm: 217,
      place: 'station',
      aids: host.aids,
      screen: { screen: 'idle', expects: 'anybody' },
    });
    expect(await page.next()).toMatchObject({ kind: 'programme' });
    host.change();
    host.show({ screen: 'checking' });
    expect(await page.next()).toMatchObject({ screen: { screen: 'checking' } });
  });

  test('staff are answered by the number of what they asked; nobody else may ask', async () => {
    host.answers = (ask) => ({ echo: ask.do });
    const staff = await open('operator');
    staff.send(JSON.stringify({ kind: 'ask', id: 7, ask: { do: 'find', text: 'สมชาย' } }));
    let heard = await staff.next();
    while (heard.kind !== 'answer') heard = await staff.next();
    expect(heard).toEqual({ kind: 'answer', id: 7, answer: { echo: 'find' } });
    const citizen = await open('citizen');
    citizen.send(JSON.stringify({ kind: 'ask', id: 8, ask: { do: 'overview' } }));
    expect(await citizen.closed).toBe(1008);
    expect(host.asked).toEqual([{ do: 'find', text: 'สมชาย' }]);
  });

  test("a picture is given for this visit's token alone, and never kept", async () => {
    host.pictures = { 'token-of-this-visit/card': Uint8Array.of(0xff, 0xd8) };
    const get = (path: string) => fetch(`http://127.0.0.1:${kiosk.port}/visit/pictures/${path}`);
    const found = await get('token-of-this-visit/card');
    expect([found.status, found.headers.get('cache-control'), (await found.arrayBuffer()).byteLength]).toEqual([
      200,
      'no-store',
      2,
    ]);
    expect((await get('token-of-the-last-one/card')).status).toBe(404);
    expect((await get('token-of-this-visit/record')).status).toBe(404);
  });

  test('what a citizen asks reaches the station', async () => {
    const page = await open('citizen');
    const asked = host.nextHandled();
    page.send(JSON.stringify({ kind: 'consent', purpose: 'face-comparison', choice: 'agree', how: 'touch' }));
    expect(await asked).toEqual({ kind: 'consent', purpose: 'face-comparison', choice: 'agree', how: 'touch' });
  });

  test.each([
    { name: 'garbage', role: 'citizen', data: 'garbage', code: 1008 },
    { name: "another role's message", role: 'citizen', data: '{"kind":"staff-done"}', code: 1008 },
    { name: 'consent from staff', role: 'operator', data: '{"kind":"consent","choice":"agree"}', code: 1008 },
    {
      name: 'an unknown person',
      role: 'simulator',
      data: '{"kind":"simulate","command":{"do":"insert-card","person":"nobody"}}',
      code: 1008,
    },
    { name: 'binary', role: 'citizen', data: new Uint8Array([1, 2, 3]), code: 1003 },
    { name: 'a message too long', role: 'citizen', data: 'x'.repeat(MAX_MESSAGE_BYTES + 1), code: 1009 },
  ])('$name closes the socket and reaches nobody', async ({ role, data, code }) => {
    const page = await open(role);
    page.send(data);
    expect(await page.closed).toBe(code);
    expect(host.handled).toEqual([]);
  });

  test.each(['http://evil.example', 'http://127.0.0.1:1', null])('origin %s is refused', async (origin) => {
    await expect(open('citizen', origin)).rejects.toThrow();
    expect(logged).toContain('kiosk-request-refused');
  });

  test('a station that is no demo has no simulator socket', async () => {
    const plain = await startKiosk(new FakeHost({ isDemo: false }), { port: 0, uiDir, log });
    const origin = `http://127.0.0.1:${plain.port}`;
    await expect(TestPage.open(`ws://127.0.0.1:${plain.port}/ws/simulator`, origin)).rejects.toThrow();
    await plain.close();
  });

  test('preview goes to the citizen, while capturing only', async () => {
    const citizen = await open('citizen');
    const operator = await open('operator');
    host.sendPreview(new Uint8Array([1]));
    host.show({
      screen: 'capture',
      hint: null,
      framed: false,
      attempt: 1,
      attemptsAllowed: 3,
      cardProgress: 1,
      dignityLeftS: null,
    });
    host.sendPreview(new Uint8Array([2]));
    host.show({ screen: 'checking' });
    host.sendPreview(new Uint8Array([3]));
    await citizen.nextScreen('checking');
    await operator.nextScreen('checking');
    await citizen.nextOfKind('alive');
    expect(citizen.previews).toEqual([[2]]);
    expect(operator.previews).toEqual([]);
  });

  test('a page that stops reading loses preview frames, not the station', async () => {
    const page = await open('citizen');
    host.show({
      screen: 'capture',
      hint: null,
      framed: false,
      attempt: 1,
      attemptsAllowed: 3,
      cardProgress: 1,
      dignityLeftS: null,
    });
    await page.nextScreen('capture');
    // All in one turn of the loop: nothing can drain, so at most the backlog is queued.
    for (let i = 0; i < 1_000; i++) host.sendPreview(new Uint8Array(10_000));
    host.show({ screen: 'idle', expects: 'anybody' });
    await page.nextScreen('idle');
    expect(page.previews.length).toBeGreaterThan(0);
    expect(page.previews.length).toBeLessThan(10);
  });

  test('a page that does not answer the beat is cut off', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    // A raw upgrade: nothing behind it ever answers a ping.
    const request = get({
      host: '127.0.0.1',
      port: kiosk.port,
      path: '/ws/citizen',
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        origin: `http://127.0.0.1:${kiosk.port}`,
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      },
    });
    request.on('upgrade', (_response, socket) => socket.on('close', resolve).resume());
    await promise;
    await vi.waitFor(() => expect(logged).toContain('kiosk-socket-closed'));
  });

  test('closing says goodbye to the pages and lets the station go', async () => {
    const page = await open('citizen');
    await kiosk.close();
    expect(await page.closed).toBe(1001);
    expect(host.listeners).toBe(0);
  });

  test('a taken port is a fault that names it', async () => {
    const second = startKiosk(host, { port: kiosk.port, uiDir, log });
    await expect(second).rejects.toMatchObject({ code: 'PORT_TAKEN', part: `127.0.0.1:${kiosk.port}` });
  });
});
