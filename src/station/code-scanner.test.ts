import { expect, test, vi } from 'vitest';
import type { Log } from '../observe/log.ts';
import { badgeConfig } from '../peripherals/badge/config.ts';
import { HidPosScanner } from '../peripherals/badge/drivers/hid-pos/hid-pos-scanner.ts';
import { ReportPlayer } from '../peripherals/badge/drivers/simulated/report-player.ts';
import { SCAN_PROFILES } from '../peripherals/badge/drivers/simulated/scan-profiles.ts';
import { formatCode } from '../peripherals/badge/parse-code.ts';
import { followCodeScanner, startCodeScanner } from './code-scanner.ts';
import { PartBoard } from './parts.ts';

function rig() {
  const player = new ReportPlayer(SCAN_PROFILES.common);
  const scanner = new HidPosScanner({ transport: player, firstPauseMs: 1, longestPauseMs: 5 });
  const board = new PartBoard(() => new Date());
  const lines: { event: string; fields: object }[] = [];
  const write: Log['info'] = (event, fields) => lines.push({ event, fields });
  const texts: string[] = [];
  return {
    player,
    scanner,
    board,
    lines,
    texts,
    onText: (text: string) => texts.push(text),
    log: { info: write, warn: write, error: write },
  };
}

const state = (board: PartBoard) => board.list().find(({ part }) => part === 'code-scanner');

test('of a code its kind is logged, and nothing of its text', async () => {
  const { player, scanner, board, lines, texts, onText, log } = rig();
  await using _following = followCodeScanner(
    scanner,
    { isWanted: false, board, log, onText },
    new AbortController().signal,
  );
  await expect.poll(() => scanner.fault, { interval: 2 }).toBeUndefined();
  const secrets = ['KAMNAN07', '9Q4ZK7T2', 'SECRETWORDS'];
  player.scan(formatCode('operator-badge', 'KAMNAN07'), ']Q1', 'none');
  player.scan(formatCode('enrolment', '9Q4ZK7T2'.repeat(8)), ']Q1', 'none');
  player.scan('SECRETWORDS', ']C0', 'none');
  player.scan('SECRETWORDS', ']C0', 'garbage');
  await expect.poll(() => lines.length, { interval: 2 }).toBe(4);
  expect(texts).toHaveLength(3);
  expect(lines).toEqual(
    expect.arrayContaining([
      { event: 'code-scanned', fields: { kind: 'operator-badge', symbology: ']Q1' } },
      { event: 'code-scanned', fields: { kind: 'enrolment', symbology: ']Q1' } },
      { event: 'code-scanned', fields: { kind: 'unknown', symbology: ']C0', why: 'not-ours' } },
      { event: 'code-refused', fields: { reason: 'not-utf8' } },
    ]),
  );
  for (const secret of secrets) expect(JSON.stringify(lines)).not.toContain(secret);
});

test.each([
  { isWanted: false, code: null },
  { isWanted: true, code: 'CODE_SCANNER_MISSING' },
])(
  'a scanner that was never there is missing; a trouble only if it is wanted: $isWanted',
  async ({ isWanted, code }) => {
    const { player, scanner, board, onText, log } = rig();
    player.unplug();
    await using following = followCodeScanner(scanner, { isWanted, board, log, onText }, new AbortController().signal);
    following.look();
    expect(state(board)).toMatchObject({ state: 'missing' });
    expect(state(board)?.fault?.code ?? null).toBe(code);
  },
);

test('one that was there and is unplugged is a trouble, and ready once it is back', async () => {
  const { player, scanner, board, onText, log } = rig();
  await using following = followCodeScanner(
    scanner,
    { isWanted: false, board, log, onText },
    new AbortController().signal,
  );
  const looked = (want: string) =>
    vi.waitFor(() => {
      following.look();
      expect(state(board)?.state).toBe(want);
    });
  await looked('ready');
  player.unplug();
  await looked('missing');
  expect(state(board)?.fault?.code).toBe('CODE_SCANNER_MISSING');
  player.plug();
  await looked('ready');
  expect(state(board)?.fault).toBeNull();
});

test('switched off, nothing is opened and nothing stands on the board', async () => {
  const { board, log, onText } = rig();
  const settings = { badge: badgeConfig.parse({ driver: 'none' }) };
  await using following = await startCodeScanner({ settings, board, log, onText }, new AbortController().signal);
  following.look();
  expect(state(board)).toBeUndefined();
});
