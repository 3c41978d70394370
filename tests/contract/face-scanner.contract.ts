import { describe, expect, test } from 'vitest';
import type { FaceScanner, ScannerFinding } from '../../src/peripherals/face-scanner/port.ts';

/** A scanner on its simulated module. */
export interface ScannerRig extends AsyncDisposable {
  readonly scanner: FaceScanner;
  show(what: 'person' | 'photograph' | 'nobody'): void;
  /** The module takes this long to decide, ms. */
  look(ms: number): void;
  brownOut(): void;
  powerOn(): void;
  unplug(): Promise<void>;
  plugIn(): Promise<void>;
}

const LIMIT_MS = 10_000;
const { signal } = new AbortController();

/** What every face scanner must do. `make` opens one whose module is plugged in. */
export function describeFaceScanner(name: string, make: () => Promise<ScannerRig>): void {
  describe(`face scanner contract: ${name}`, () => {
    test('tells its model, and of its serial number four characters at most', async () => {
      await using rig = await make();
      await untilReady(rig.scanner);
      expect(rig.scanner.info?.model).toMatch(/./);
      expect(rig.scanner.info?.serial ?? '…').toMatch(/^….{0,4}$/);
    });

    test.each([
      ['person', 'bona-fide'],
      ['photograph', 'attack'],
      ['nobody', 'no-face'],
    ] as const)('a %s is judged %s, in the time in which it was asked', async (what, kind) => {
      await using rig = await make();
      await untilReady(rig.scanner);
      rig.show(what);
      const before = performance.now();
      const verdict = await rig.scanner.judge(1_000, signal);
      expect(verdict.kind, verdict.detail).toBe(kind);
      expect(verdict.startMs).toBeGreaterThanOrEqual(before);
      expect(verdict.endMs).toBeGreaterThanOrEqual(verdict.startMs);
      expect(verdict.endMs).toBeLessThanOrEqual(performance.now());
    });

    test('a verdict is evidence of presentation and of nothing else', async () => {
      await using rig = await make();
      await untilReady(rig.scanner);
      const verdict = await rig.scanner.judge(LIMIT_MS, signal);
      expect(Object.keys(verdict).sort()).toEqual(['box', 'detail', 'endMs', 'kind', 'startMs']);
      expect(verdict.detail).not.toMatch(/somebody/);
    });

    test('what the module sees while it judges is told to those who watch, and only then', async () => {
      await using rig = await make();
      await untilReady(rig.scanner);
      const stop = new AbortController();
      const findings: ScannerFinding[] = [];
      const watching = (async () => {
        for await (const finding of rig.scanner.watch(stop.signal)) findings.push(finding);
      })();
      expect(findings).toEqual([]);
      await rig.scanner.judge(LIMIT_MS, signal);
      stop.abort();
      await watching;
      expect(findings).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'face', hint: null })]));
    });

    test('two judgements that are asked for at once are made one after the other', async () => {
      await using rig = await make();
      await untilReady(rig.scanner);
      const [one, other] = await Promise.all([
        rig.scanner.judge(LIMIT_MS, signal),
        rig.scanner.judge(LIMIT_MS, signal),
      ]);
      expect([one.kind, other.kind]).toEqual(['bona-fide', 'bona-fide']);
      expect(other.startMs).toBeGreaterThanOrEqual(one.endMs);
    });

    test('an abort ends the judgement with its reason, and the next one is sound', async () => {
      await using rig = await make();
      await untilReady(rig.scanner);
      rig.look(60_000);
      const stop = new AbortController();
      const judging = rig.scanner.judge(LIMIT_MS, stop.signal);
      await firstFinding(rig.scanner);
      stop.abort(new Error('the card was pulled'));
      await expect(judging).rejects.toThrow('the card was pulled');
      rig.look(5);
      rig.show('photograph');
      expect(await rig.scanner.judge(LIMIT_MS, signal)).toMatchObject({ kind: 'attack' });
      expect(rig.scanner.fault).toBeUndefined();
    });

    test('unplugged while it judges: nothing was judged, the fault is told, and it comes back by itself', async () => {
      await using rig = await make();
      await untilReady(rig.scanner);
      rig.look(60_000);
      const judging = rig.scanner.judge(LIMIT_MS, signal);
      await firstFinding(rig.scanner);
      await rig.unplug();
      expect(await judging).toMatchObject({ kind: 'not-run' });
      expect(rig.scanner.fault).toMatchObject({ code: 'SERIAL_MISSING' });
      await rig.plugIn();
      await untilReady(rig.scanner);
      expect(await rig.scanner.judge(LIMIT_MS, signal)).toMatchObject({ kind: 'bona-fide' });
    });

    test('a module that loses its power while it judges is initialised again', async () => {
      await using rig = await make();
      await untilReady(rig.scanner);
      rig.look(60_000);
      const judging = rig.scanner.judge(1_000, signal);
      await firstFinding(rig.scanner);
      rig.brownOut();
      rig.look(5);
      rig.powerOn();
      expect(await judging).toMatchObject({ kind: 'not-run' });
      await untilReady(rig.scanner);
      expect(await rig.scanner.judge(LIMIT_MS, signal)).toMatchObject({ kind: 'bona-fide' });
    });

    test('a module that stays silent is a not-run within the time that was given, and a coded fault', async () => {
      await using rig = await make();
      await untilReady(rig.scanner);
      rig.brownOut();
      const startedAt = performance.now();
      expect(await rig.scanner.judge(300, signal)).toMatchObject({
        kind: expect.stringMatching(/^(not-run|no-face)$/),
      });
      expect(performance.now() - startedAt).toBeLessThan(3_000);
      await rig.scanner.judge(300, signal);
      expect(rig.scanner.fault).toMatchObject({ code: 'SCANNER_SILENT' });
    });

    test('disposed of, it judges nothing and its watchers end', async () => {
      const rig = await make();
      await untilReady(rig.scanner);
      const watching = Array.fromAsync(rig.scanner.watch(signal));
      await rig[Symbol.asyncDispose]();
      expect(await watching).toEqual([]);
      expect(await rig.scanner.judge(LIMIT_MS, signal)).toMatchObject({ kind: 'not-run' });
    });
  });
}

/** Resolves as soon as the module can be used. */
export function untilReady(scanner: FaceScanner): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(() => reject(scanner.fault ?? new Error('never ready')), LIMIT_MS);
  const look = () => {
    if (scanner.fault !== undefined) return;
    clearTimeout(timer);
    stop();
    resolve();
  };
  const stop = scanner.onChange(look);
  look();
  return promise;
}

async function firstFinding(scanner: FaceScanner): Promise<void> {
  for await (const _finding of scanner.watch(AbortSignal.timeout(LIMIT_MS))) return;
  throw new Error('the module saw nothing');
}
