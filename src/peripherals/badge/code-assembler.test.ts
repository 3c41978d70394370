import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRecording } from '../../../tests/fixtures/hid/recordings.ts';
import { type Assembled, CodeAssembler, MAX_CODE_BYTES } from './code-assembler.ts';
import { parseReportDescriptor } from './report-descriptor.ts';

const recording = readRecording('common-layout');
const parsed = parseReportDescriptor(recording.descriptor);
if (parsed.kind === 'refused') throw new Error(parsed.reason);
const { layout } = parsed;

/** One report of the common layout, written by hand. */
function report(data: string | Uint8Array, goesOn = false, symbology = ']Q1'): Uint8Array {
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
  const made = new Uint8Array(64);
  made[0] = 2;
  made[1] = bytes.length;
  made.set(new TextEncoder().encode(symbology), 2);
  made.set(bytes, 5);
  made[63] = goesOn ? 1 : 0;
  return made;
}

/** What comes of reports at their times. */
function play(...reports: readonly (readonly [atMs: number, report: Uint8Array])[]): string[] {
  const assembler = new CodeAssembler(layout);
  return reports.map(([atMs, one]) => outcome(assembler.push(one, atMs)));
}

function outcome(assembled: Assembled): string {
  if (assembled.kind === 'code') return assembled.code.text;
  return assembled.kind === 'refused' ? `refused: ${assembled.reason}` : assembled.kind;
}

test.each(recording.scans)('recorded: $what', ({ text, symbology, reports }) => {
  const assembler = new CodeAssembler(layout);
  const results = reports.map((one, n) => assembler.push(one, 10 * n));
  expect(results.slice(0, -1).every(({ kind }) => kind === 'partial')).toBe(true);
  expect(results.at(-1)).toEqual({ kind: 'code', code: { text, symbology, atMs: 10 * (reports.length - 1) } });
});

test.each<{ name: string; reports: (readonly [number, Uint8Array])[]; outcomes: string[] }>([
  {
    name: 'a part just in time',
    reports: [
      [0, report('AB', true)],
      [300, report('CD')],
    ],
    outcomes: ['partial', 'ABCD'],
  },
  {
    name: 'a late part is refused and never a code of its own',
    reports: [
      [0, report('AB', true)],
      [301, report('CD')],
      [400, report('EF')],
    ],
    outcomes: ['partial', 'refused: part-missing', 'EF'],
  },
  {
    name: 'a late part with more to come',
    reports: [
      [0, report('AB', true)],
      [301, report('CD', true)],
      [310, report('EF')],
      [320, report('GH')],
    ],
    outcomes: ['partial', 'refused: part-missing', 'ignored', 'GH'],
  },
  {
    name: 'a new code long after one that broke off',
    reports: [
      [0, report('AB', true)],
      [2_500, report('CD')],
    ],
    outcomes: ['partial', 'CD'],
  },
  {
    name: 'two codes that run into one',
    reports: [
      [0, report('AB', true)],
      [10, report('CD', false, ']C0')],
      [20, report('EF')],
    ],
    outcomes: ['partial', 'refused: mixed-parts', 'EF'],
  },
  {
    name: 'an empty end of a code that filled its reports',
    reports: [
      [0, report('AB', true)],
      [10, report('')],
    ],
    outcomes: ['partial', 'AB'],
  },
  {
    name: 'an empty part in the middle',
    reports: [
      [0, report('AB', true)],
      [10, report('', true)],
      [20, report('CD')],
    ],
    outcomes: ['partial', 'refused: bad-length', 'ignored'],
  },
  { name: 'an empty code', reports: [[0, report('')]], outcomes: ['refused: empty'] },
  { name: 'only a line end', reports: [[0, report('\r\n')]], outcomes: ['refused: empty'] },
  { name: 'a line end after the code', reports: [[0, report('AB\r\n')]], outcomes: ['AB'] },
  { name: 'more than there is room for', reports: [[0, report('AB').with(1, 57)]], outcomes: ['refused: bad-length'] },
  { name: 'a report cut short', reports: [[0, report('AB').subarray(0, 63)]], outcomes: ['refused: short-report'] },
  {
    name: 'after a first part cut short the tail is no code',
    reports: [
      [0, report('AB', true).subarray(0, 20)],
      [10, report('CD')],
      [20, report('EF')],
    ],
    outcomes: ['refused: short-report', 'ignored', 'EF'],
  },
  { name: 'an empty report', reports: [[0, new Uint8Array()]], outcomes: ['ignored'] },
  { name: 'a report of another kind', reports: [[0, report('AB').with(0, 9)]], outcomes: ['ignored'] },
  {
    name: 'bytes that are no UTF-8',
    reports: [[0, report(Uint8Array.of(0x41, 0xff))]],
    outcomes: ['refused: not-utf8'],
  },
  {
    name: 'a UTF-8 letter cut between two parts',
    reports: [
      [0, report(Uint8Array.of(0xe0, 0xb8), true)],
      [5, report(Uint8Array.of(0x81))],
    ],
    outcomes: ['partial', 'ก'],
  },
  { name: 'an escape sequence', reports: [[0, report('\u001b[2J')]], outcomes: ['refused: control-character'] },
  { name: 'a zero byte', reports: [[0, report('A\0B')]], outcomes: ['refused: control-character'] },
  { name: 'writing turned around', reports: [[0, report('A\u202eB')]], outcomes: ['refused: control-character'] },
  { name: 'a byte order mark', reports: [[0, report('\ufeffAB')]], outcomes: ['refused: control-character'] },
])('$name', ({ reports, outcomes }) => expect(play(...reports)).toEqual(outcomes));

test('an identifier that is none is left out', () => {
  const made = new CodeAssembler(layout).push(report('AB', false, '\u001b]]'), 0);
  expect(made).toMatchObject({ kind: 'code', code: { symbology: '' } });
});

test('4 KB pass, one byte more is refused and its rest passed over', () => {
  for (const [size, last] of [
    [MAX_CODE_BYTES, MAX_CODE_BYTES],
    [MAX_CODE_BYTES + 1, 'refused: too-long'],
    [MAX_CODE_BYTES + 200, 'ignored'],
  ] as const) {
    const assembler = new CodeAssembler(layout);
    let end = '';
    for (let at = 0; at < size; at += 56) {
      const part = 'x'.repeat(Math.min(56, size - at));
      end = outcome(assembler.push(report(part, at + 56 < size), at));
    }
    expect(typeof last === 'number' ? end.length : end).toBe(last);
  }
});

test('a code that broke off is given up when asked, once', () => {
  const assembler = new CodeAssembler(layout);
  assembler.push(report('AB', true), 0);
  expect(assembler.expire(300)).toBeUndefined();
  expect(assembler.expire(301)).toEqual({ kind: 'refused', reason: 'part-missing' });
  expect(assembler.expire(302)).toBeUndefined();
});

const anyReport = fc.oneof(
  fc.uint8Array({ maxLength: 80 }),
  fc
    .tuple(fc.uint8Array({ maxLength: 56 }), fc.boolean(), fc.constantFrom(']Q1', ']C0', '\0\0\0', 'abc'))
    .map(([data, goesOn, symbology]) => report(data, goesOn, symbology)),
  fc
    .tuple(fc.string({ unit: 'binary', maxLength: 14 }), fc.nat(63), fc.nat(255))
    .map(([text, at, byte]) => report(text).with(at, byte)),
);

test('any reports at any times give sound texts of bounded size, or a reason', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyReport, fc.nat(700)), { maxLength: 120 }), (reports) => {
      const assembler = new CodeAssembler(layout);
      let now = 0;
      for (const [one, laterMs] of reports) {
        now += laterMs;
        const made = assembler.push(one, now);
        if (made.kind !== 'code') continue;
        expect(Buffer.byteLength(made.code.text)).toBeLessThanOrEqual(MAX_CODE_BYTES);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
        expect(made.code.text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        expect(made.code.symbology).toMatch(/^(\][A-Za-z][0-9A-Za-z])?$/);
      }
    }),
    { numRuns: Number(process.env['FUZZ_RUNS'] ?? 2_000) },
  );
});

test('a text cut at any places comes out whole', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('ก', 'ข', 'A', '7', '😀', ' ', 'x'), { minLength: 1, maxLength: 400 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 56 })),
      (letters, cuts) => {
        const text = letters.join('');
        const bytes = new TextEncoder().encode(text);
        const assembler = new CodeAssembler(layout);
        let made: Assembled | undefined;
        for (let at = 0; at < bytes.length; ) {
          const size = cuts.next().value as number;
          made = assembler.push(report(bytes.subarray(at, at + size), at + size < bytes.length), at);
          at += size;
        }
        expect(made).toMatchObject({ kind: 'code', code: { text } });
      },
    ),
  );
});
