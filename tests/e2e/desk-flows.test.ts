import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Ask, DeskStatus } from '../../src/kiosk/desk-protocol.ts';
import { type Kiosk, startKiosk } from '../../src/kiosk/server.ts';
import { NOBODY, OPERATOR, VISIT } from '../../src/ui/preview/desk-states.ts';
import { answerAsMadeUp } from '../../src/ui/preview/staff-answers.ts';
import { PERSON, RECORDED } from '../../src/ui/preview/staff-people.ts';
import { DAYS } from '../../src/ui/preview/staff-work.ts';
import { FakeHost } from '../fixtures/kiosk/fake-host.ts';
import { openBrowser, whyNoBrowser } from './browser.ts';
import { buildUi } from './built-ui.ts';
import { Tapper } from './desk-taps.ts';
import { listenForComplaints } from './page-checks.ts';

const PIN = '2580';

/** The desk over the real server, with a station that answers as made up and remembers what it was asked. */
describe.skipIf(whyNoBrowser())(`desk at work ${whyNoBrowser() ?? ''}`, () => {
  let ui: Awaited<ReturnType<typeof buildUi>>;
  let browser: Browser;
  let host: FakeHost;
  let kiosk: Kiosk;
  let page: Page;
  let complaints: readonly string[];
  const taps: Record<string, number> = {};

  beforeAll(async () => {
    ui = await buildUi();
    browser = await openBrowser();
  });
  afterAll(async () => {
    process.stdout.write(`taps from the person's line to recorded: ${JSON.stringify(taps)}\n`);
    await browser?.close();
    await ui?.[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    host = new FakeHost({ isDemo: false });
    host.deskStatus = NOBODY;
    host.answers = answer;
    kiosk = await startKiosk(host, { port: 0, uiDir: ui.uiDir, log: () => {} });
    page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
    page.setDefaultTimeout(10_000);
    complaints = listenForComplaints(page, `http://127.0.0.1:${kiosk.port}`);
  });
  afterEach(async () => {
    expect(complaints).toEqual([]);
    await page.close();
    await kiosk.close();
  });

  /** A station with one PIN: it signs in and out, and counts the officers who have answered. */
  function answer(ask: Ask): unknown {
    if (ask.do === 'sign-in') {
      if (ask.credential.by === 'pin' && ask.credential.pin !== PIN) {
        return { refused: 'wrong-pin', words: { th: 'รหัสไม่ตรง', en: 'Not this PIN' }, waitS: 1 };
      }
      push(OPERATOR);
      return OPERATOR.session;
    }
    if (ask.do === 'sign-out') push(NOBODY);
    if (ask.do === 'decide') {
      const answers = (host.deskStatus.visit?.answers ?? 0) + 1;
      push({ ...OPERATOR, visit: { ...JUDGED, answers } });
      return { state: answers === 1 ? 'waiting' : 'recorded' };
    }
    if (ask.do === 'decide-form' && asked('decide-form').length > 1) {
      return { state: 'recorded', outcome: { ...RECORDED, outcome: 'confirmed-by-officer' } };
    }
    return answerAsMadeUp(ask);
  }
  function push(status: DeskStatus): void {
    host.deskStatus = status;
    host.change();
  }
  const JUDGED = { ...VISIT, phase: 'with-officers', mayCaptureAgain: false, dignityLeftS: null } as const;
  const asked = (kind: Ask['do']) => host.asked.filter((ask) => ask.do === kind);
  const place = (name: string) => page.waitForSelector(`[data-place="${name}"]`);
  const click = (selector: string) => page.click(selector);
  const enterPin = async (pin: string) => {
    for (const digit of pin) await click(`[data-key="${digit}"]`);
    await click('[data-key="ok"]');
  };
  const open = async (status: DeskStatus) => {
    host.deskStatus = status;
    await page.goto(`http://127.0.0.1:${kiosk.port}/operator`);
  };

  test('a wrong PIN waits calmly, the right one opens the desk; no PIN is ever on the page', async () => {
    await open(NOBODY);
    await click('[data-staff="s1"]');
    for (const digit of '9999') await click(`[data-key="${digit}"]`);
    expect(await page.content()).not.toContain('9999');
    await click('[data-key="ok"]');
    await page.waitForSelector('[data-testid="proof-refused"]:has-text("1 วินาที")');
    expect(await page.isDisabled('[data-key="5"]')).toBe(true);
    await page.waitForSelector('[data-key="5"]:enabled');
    await enterPin(PIN);
    await place('today');
    expect(asked('sign-in').at(-1)).toMatchObject({ credential: { by: 'pin', staff: 's1', pin: PIN } });
  });

  test('a badge before the scanner signs in without a tap', async () => {
    await open(NOBODY);
    await page.waitForSelector('[data-staff="s1"]');
    push({ ...NOBODY, scanned: { at: '2026-11-22T00:31:00Z', what: { kind: 'badge', by: 'badge', name: null } } });
    await place('today');
    expect(asked('sign-in')).toEqual([{ do: 'sign-in', credential: { by: 'badge' } }]);
  });

  test('every quick outcome is recorded in three taps from the line, with its next step told before', async () => {
    await open(OPERATOR);
    const tapper = new Tapper(page);
    await click('[data-village="99010001"]');
    const { kinds } = await tapper.quickOutcomes('e1');
    Object.assign(taps, kinds);
    expect(Object.keys(kinds)).toHaveLength(8);
    expect(Math.max(...Object.values(kinds))).toBeLessThanOrEqual(3);
    expect(asked('record')).toHaveLength(8);
    expect(asked('record')[0]).toMatchObject({ entry: 'e1', choice: { kind: 'not-served', reason: 'not-at-home' } });
  });

  test('a part that nobody asked for is no trouble in the bar; one that is gone is', async () => {
    const scanner = { part: 'code-scanner', state: 'missing', since: '2026-11-22T00:00:00Z', name: '' } as const;
    const fault = { code: 'CODE_SCANNER_MISSING', cause: { th: 'ก', en: 'a' }, mend: { th: 'ข', en: 'b' } };
    host.parts = [
      { ...scanner, fault: null },
      { ...scanner, part: 'panel', fault },
    ];
    await open(OPERATOR);
    await page.waitForSelector('[data-bar="panel"][data-state="missing"]');
    expect(await page.$('[data-bar="code-scanner"]')).toBeNull();
  });

  test('typing finds people; a scanned slip opens the person', async () => {
    await open(OPERATOR);
    await page.fill('[data-testid="find"]', 'ทองใบ');
    await page.waitForSelector('[data-entry="e4"]');
    expect(await page.locator('[data-entry]').count()).toBe(1);
    await page.fill('[data-testid="find"]', 'ไม่มีคนนี้');
    await page.waitForSelector('[data-testid="found"]:has-text("ไม่พบ")');
    push({ ...OPERATOR, scanned: { at: '2026-11-22T00:32:00Z', what: { kind: 'person', entry: 'e1' } } });
    await place('person');
    expect(page.url()).not.toMatch(/e1|%E0/);
    expect(await page.title()).not.toContain(PERSON.name);
    expect(await page.evaluate('localStorage.length + sessionStorage.length + history.length')).toBeLessThanOrEqual(2);
  });

  test('the last day of field work is chosen once and the order of villages is asked for up to it', async () => {
    const at = (time: string) => ({ ...OPERATOR, clock: { ...OPERATOR.clock, at: time } });
    await open(at('2026-11-22T19:30:00Z'));
    // It is the 23rd in Thailand.
    await page.selectOption('[data-testid="last-day"]', '2026-11-25');
    await expect.poll(() => asked('overview').at(-1)).toEqual({ do: 'overview', days: 3 });
    push(at('2026-11-23T19:30:00Z'));
    await expect.poll(() => asked('overview').at(-1)).toEqual({ do: 'overview', days: 2 });
    push(at('2026-11-26T02:00:00Z'));
    await expect.poll(() => asked('overview').at(-1)).toEqual({ do: 'overview' });
  });

  test('two officers are blind to each other: nothing of the first answer is left when the second looks', async () => {
    const jpeg = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#678' } })
      .jpeg()
      .toBuffer();
    host.pictures = { 'sample/card': jpeg, 'sample/probe': jpeg };
    await open({ ...OPERATOR, visit: JUDGED });
    await click('[data-tab="visit"]');
    const first = new Tapper(page);
    await first.tap('[data-choice="same-person"]');
    await first.tap('[data-choice="face-alike"]');
    await first.tap('[data-staff="s1"]');
    await enterPin(PIN);
    await page.waitForSelector('[data-testid="handed"]');
    await expectBlind();
    expect(await page.locator('img').count()).toBe(0);
    await click('[data-testid="second-ready"]');
    await page.waitForSelector('[data-officer="2"]');
    await expectBlind();
    await click('[data-choice="not-same-person"]');
    await click('[data-choice="face-unlike"]');
    push({
      ...host.deskStatus,
      scanned: { at: '2026-11-22T00:33:00Z', what: { kind: 'badge', by: 'badge', name: null } },
    });
    await expect.poll(() => asked('decide').length).toBe(2);
    expect(asked('decide')).toMatchObject([
      { answer: 'same-person', reason: 'face-alike', credential: { by: 'pin', staff: 's1' } },
      { answer: 'not-same-person', reason: 'face-unlike', credential: { by: 'badge' } },
    ]);
    taps['officer by PIN, and the PIN'] = first.count;
    push({
      ...OPERATOR,
      visit: {
        ...JUDGED,
        phase: 'ended',
        outcome: 'undetermined',
        reason: { code: 'officers-disagree', words: { th: 'เห็นต่างกัน', en: 'Seen differently' } },
        nextStep: { id: 'come-to-centre', where: null, due: '2026-11-29' },
      },
    });
    await page.waitForSelector('[data-outcome="undetermined"]');
    expect(await page.textContent('[data-testid="result"]')).toMatch(/ยังไม่สรุป/);
  });

  /** No button is pressed, no reason, score or band is told, in words or in attributes. */
  async function expectBlind(): Promise<void> {
    const html = await page.innerHTML('#root');
    expect(html).not.toMatch(/aria-pressed="true"|face-alike|ใบหน้าตรงกัน|score|คะแนน|เครื่องเห็นว่า|เครื่องเทียบ/);
  }

  test('paper forms: a number that is entered is refused; what two officers signed, each answers for with their own proof', async () => {
    await open(OPERATOR);
    await place('today');
    push({ ...OPERATOR, scanned: { at: '2026-11-22T00:34:00Z', what: { kind: 'form', serial: 'TB0001000003' } } });
    await page.waitForSelector('[data-testid="form-refused"]:has-text("ลงได้ครั้งเดียว")');
    await page.fill('[data-testid="serial"]', 'tb0001000012');
    const tapper = new Tapper(page);
    await tapper.tap('[data-testid="form-next"]');
    await page.fill('[data-testid="seen-on"]', '2026-11-20');
    await page.fill('[data-testid="form-find"]', 'บุญมา');
    await tapper.through([
      '[data-entry="e1"]',
      '[data-officers="engine-failed"]',
      '[data-choice="same-person"]',
      '[data-choice="known-in-person"]',
      '[data-staff="s1"]',
    ]);
    await enterPin(PIN);
    await page.waitForSelector('[data-testid="form-officer"][data-officer="2"]');
    await expectBlind();
    await tapper.through(['[data-choice="same-person"]', '[data-choice="papers-seen"]']);
    await page.waitForSelector('[data-staff="s2"]');
    push({ ...OPERATOR, scanned: { at: '2026-11-22T00:35:00Z', what: { kind: 'badge', by: 'badge', name: null } } });
    await page.waitForSelector('[data-testid="form-recorded"]:has-text("TB0001000012")');
    taps['paper form of two officers, without PIN and badge'] = tapper.count;
    const facts = { form: 'TB0001000012', entry: 'e1', seenOn: '2026-11-20', due: null, why: 'engine-failed' };
    expect(asked('decide-form')).toEqual([
      {
        ...{ do: 'decide-form', ...facts, answer: 'same-person', reason: 'known-in-person' },
        credential: { by: 'pin', staff: 's1', pin: PIN },
      },
      {
        ...{ do: 'decide-form', ...facts, answer: 'same-person', reason: 'papers-seen' },
        credential: { by: 'badge' },
      },
    ]);
    // The next one, without officers; and one that went wrong.
    await page.fill('[data-testid="serial"]', 'TB0001000013');
    await click('[data-testid="form-next"]');
    await page.fill('[data-testid="form-find"]', 'บุญมา');
    await click('[data-entry="e1"]');
    await page.fill('[data-testid="form-due"]', '2026-11-29');
    await click('[data-why="no-answer"]');
    await page.waitForSelector('[data-testid="next-step"]');
    await click('[data-testid="record"]');
    await page.waitForSelector('[data-testid="form-recorded"]:has-text("TB0001000013")');
    expect(asked('record-form')).toMatchObject([
      { form: 'TB0001000013', seenOn: null, due: '2026-11-29', choice: { kind: 'undetermined', reason: 'no-answer' } },
    ]);
    await page.fill('[data-testid="serial"]', 'TB0001000014');
    await click('[data-testid="form-next"]');
    await click('[data-testid="spoil"]');
    await click('[data-testid="sure"]');
    await page.waitForSelector('[data-testid="serial"]');
    expect(asked('spoil-form')).toEqual([{ do: 'spoil-form', form: 'TB0001000014' }]);
  });

  test('a representative is told of question by question, and their card is awaited', async () => {
    await open(OPERATOR);
    await click('[data-village="99010001"]');
    const tapper = new Tapper(page);
    await tapper.through([
      '[data-entry="e1"]',
      '[data-testid="represent"]',
      '[data-choice="caretaker"]',
      '[data-testid="photograph"]',
      '[data-testid="mandate-paper"]',
      '[data-testid="terms-next"]',
      '[data-witness="กำนันมี ตัวอย่าง"]',
      '[data-witness="ป้าแดง สมมุติ"]',
      '[data-testid="rep-bedside"]',
    ]);
    await place('visit');
    taps['representative, up to the card'] = tapper.count;
    expect(asked('photograph-mandate')).toHaveLength(1);
    expect(asked('expect-representative')).toMatchObject([
      {
        place: 'bedside',
        representation: {
          entry: 'e1',
          relation: 'caretaker',
          mandate: 'paper',
          scope: ['register'],
          witnesses: [{ staff: 's5' }, { role: 'health-volunteer' }],
        },
      },
    ]);
  });

  test('without paper an officer who is no witness attests, with their PIN, before the card is awaited', async () => {
    await open(OPERATOR);
    await click('[data-village="99010001"]');
    const tapper = new Tapper(page);
    await tapper.through([
      '[data-entry="e1"]',
      '[data-testid="represent"]',
      '[data-choice="child"]',
      '[data-testid="mandate-attested"]',
      '[data-testid="terms-next"]',
      '[data-witness="กำนันมี ตัวอย่าง"]',
      '[data-witness="ป้าแดง สมมุติ"]',
      '[data-testid="rep-here"]',
    ]);
    const offered = page.locator('[data-staff]');
    await expect
      .poll(() => offered.evaluateAll((all) => all.map((one) => one.getAttribute('data-staff'))))
      .toEqual(['s2', 's3']);
    expect(asked('expect-representative')).toEqual([]);
    const refused = { refused: 'wrong-pin', words: { th: 'รหัสไม่ตรง', en: 'wrong' }, waitS: null };
    host.answers = (ask) => (ask.do === 'expect-representative' ? refused : answer(ask));
    await tapper.tap('[data-staff="s2"]');
    await enterPin(PIN);
    await page.waitForSelector('[data-testid="proof-refused"]');
    host.answers = answer;
    await enterPin(PIN);
    await place('visit');
    taps['representative without paper, without the PIN'] = tapper.count;
    const credential = { by: 'pin', staff: 's2', pin: PIN };
    const representation = { mandate: 'attested', relation: 'child' };
    expect(asked('expect-representative').at(-1)).toMatchObject({ place: 'station', representation, credential });
  });

  test('a second tap on record while the first is under way asks nothing', async () => {
    const held = Promise.withResolvers<void>();
    host.answers = async (ask: Ask) => {
      if (ask.do === 'record') await held.promise;
      return answer(ask);
    };
    await open(OPERATOR);
    await click('[data-village="99010001"]');
    await click('[data-entry="e1"]');
    await click('[data-why="not-at-home"]');
    await page.locator('[data-testid="record"]').dblclick();
    await expect.poll(() => asked('record').length).toBe(1);
    held.resolve();
    await page.waitForSelector('[data-testid="recorded"]');
    expect(asked('record')).toHaveLength(1);
  });

  test('a day that nobody closed is offered first, and closed and reported as that day', async () => {
    let isClosed = false;
    const then = () => ({ ...DAYS.earlier, state: isClosed ? 'closed' : 'open' });
    host.answers = (ask) => {
      if (ask.do === 'close-day') isClosed = true;
      if (ask.do !== 'day' && ask.do !== 'close-day') return answer(ask);
      return ask.day ? then() : { ...DAYS.after, unclosed: isClosed ? null : DAYS.earlier.day };
    };
    await open(OPERATOR);
    await click('[data-tab="day"]');
    await page.waitForSelector('[data-testid="unclosed"]:has-text("เมื่อวานยังไม่ได้ปิดวัน")');
    await page.waitForSelector('[data-testid="open-day"]');
    await page.waitForSelector('[data-bar="day"]:has-text("กำลังทำงาน")');
    await click('[data-testid="show-unclosed"]');
    await page.waitForSelector('.page-head:has-text("ยังไม่ได้ปิดวัน")');
    await click('[data-testid="close-day"]');
    await click('[data-testid="sure"]');
    await page.waitForSelector('.page-head:has-text("ปิดวันแล้ว")');
    await click('[data-print="day-report"]');
    await click('[data-export="day-report"]');
    await expect.poll(() => asked('export')).toEqual([{ do: 'export', what: 'day-report', day: '2026-11-21' }]);
    expect(asked('close-day')).toEqual([{ do: 'close-day', day: '2026-11-21' }]);
    expect(asked('print')).toEqual([{ do: 'print', what: { kind: 'day-report', day: '2026-11-21' } }]);
    await click('[data-testid="back"]');
    await page.waitForSelector('[data-testid="open-day"]');
    expect(await page.locator('[data-testid="unclosed"]').count()).toBe(0);
  });

  test('the lock covers the page and leaves nobody behind, nor does a lost link', async () => {
    await open({ ...OPERATOR, session: { ...(OPERATOR.session as NonNullable<DeskStatus['session']>), idleLockS: 2 } });
    await click('[data-village="99010001"]');
    await click('[data-entry="e1"]');
    await page.waitForSelector('.lock-soon:popover-open');
    await place('sign-in');
    expect(asked('sign-out')).toHaveLength(1);
    expect(await page.innerHTML('body')).not.toContain(PERSON.name);
    push(OPERATOR);
    await place('today');
    await click('[data-village="99010001"]');
    await page.waitForSelector('[data-entry="e1"]');
    await kiosk.close();
    await place('alone');
    expect(await page.innerHTML('body')).not.toContain(PERSON.name);
    kiosk = await startKiosk(host, { port: kiosk.port, uiDir: ui.uiDir, log: () => {} });
    await place('today');
    // The browser itself tells of the refused tries meanwhile.
    (complaints as string[]).length = 0;
  });

  test('the keyboard alone: find, open, record; Escape closes, and the focus comes back', async () => {
    await open(OPERATOR);
    await page.focus('[data-testid="find"]');
    await page.keyboard.type('บุญมา');
    await page.waitForSelector('[data-entry="e1"]');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await place('person');
    await page.waitForSelector('h1:focus');
    await page.focus('[data-why="deceased"]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('dialog[open] h2:focus');
    await page.keyboard.press('Escape');
    await page.waitForSelector('[data-why="deceased"]:focus');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-testid="next-step"]');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-testid="recorded"]');
    expect(asked('record')).toMatchObject([{ choice: { kind: 'not-served', reason: 'deceased' } }]);
    await page.keyboard.press('Escape');
    await place('today');
  });
});
