import { describe, expect, test } from 'vitest';
import type { CodeScanner, Refusal, ScannedCode } from '../../src/peripherals/badge/port.ts';

/** A scanner with somebody's hand at it. */
export interface CodeScannerRig {
  readonly scanner: CodeScanner;
  scan(text: string, symbology: string): void;
  /** All reports of a code but its last. */
  scanWithoutEnd(text: string, symbology: string): void;
  plug(isPlugged: boolean): void;
}

export interface CodeScannerScope {
  make(): CodeScannerRig;
  /** Codes that the rig can scan; at least one of them in several parts. */
  readonly samples: readonly { readonly what: string; readonly text: string; readonly symbology: string }[];
  readonly manyParts: { readonly text: string; readonly symbology: string };
}

/** What every {@link CodeScanner} must do. */
export function describeCodeScanner(name: string, scope: CodeScannerScope): void {
  describe(`code scanner contract: ${name}`, () => {
    const first = scope.samples[0] ?? scope.manyParts;

    test.each(scope.samples)('reads: $what', async ({ text, symbology }) => {
      const rig = await ready(scope);
      await using scanner = rig.scanner;
      const codes = listen(scanner);
      rig.scan(text, symbology);
      const code = await codes.next();
      expect(code.text).toBe(text);
      expect(code.symbology === '' || code.symbology === symbology).toBe(true);
      expect(code.atMs).toBeGreaterThan(0);
    });

    test('reads one code after another, each once, for every reader', async () => {
      const rig = await ready(scope);
      await using scanner = rig.scanner;
      const [one, other] = [listen(scanner), listen(scanner)];
      for (const { text, symbology } of scope.samples) rig.scan(text, symbology);
      for (const { text } of scope.samples) {
        expect((await one.next()).text).toBe(text);
        expect((await other.next()).text).toBe(text);
      }
    });

    test('what is scanned while nobody reads is dropped', async () => {
      const rig = await ready(scope);
      await using scanner = rig.scanner;
      rig.scan(scope.manyParts.text, scope.manyParts.symbology);
      const codes = listen(scanner);
      rig.scan(first.text, first.symbology);
      expect((await codes.next()).text).toBe(first.text);
    });

    test('a code whose end does not come is refused, and no part of it is ever handed out', async () => {
      const rig = await ready(scope);
      await using scanner = rig.scanner;
      const codes = listen(scanner);
      const refused = nextRefusal(scanner);
      rig.scanWithoutEnd(scope.manyParts.text, scope.manyParts.symbology);
      expect(await refused).toBe('part-missing');
      codes.stop();
      await expect(codes.next()).rejects.toThrow('no more codes');
    });

    test('an unplugged scanner is told as missing and found again, and the same reader goes on', async () => {
      const rig = await ready(scope);
      await using scanner = rig.scanner;
      const codes = listen(scanner);
      rig.plug(false);
      await expect.poll(() => scanner.fault?.code, { interval: 2 }).toBe('CODE_SCANNER_MISSING');
      rig.plug(true);
      await expect.poll(() => scanner.fault, { interval: 2 }).toBeUndefined();
      rig.scan(first.text, first.symbology);
      expect((await codes.next()).text).toBe(first.text);
    });

    test('unplugged in the middle of a code, the next code is not mixed with it', async () => {
      const rig = await ready(scope);
      await using scanner = rig.scanner;
      const codes = listen(scanner);
      rig.scanWithoutEnd(scope.manyParts.text, scope.manyParts.symbology);
      rig.plug(false);
      await expect.poll(() => scanner.fault?.code, { interval: 2 }).toBe('CODE_SCANNER_MISSING');
      rig.plug(true);
      await expect.poll(() => scanner.fault, { interval: 2 }).toBeUndefined();
      rig.scan(scope.manyParts.text, scope.manyParts.symbology);
      expect((await codes.next()).text).toBe(scope.manyParts.text);
    });

    test('an abort ends the codes quietly; a closed scanner throws', async () => {
      const rig = await ready(scope);
      const stop = new AbortController();
      const quiet = Array.fromAsync(rig.scanner.codes(stop.signal));
      const thrown = Array.fromAsync(rig.scanner.codes(new AbortController().signal));
      stop.abort();
      expect(await quiet).toEqual([]);
      const refused = expect(thrown).rejects.toMatchObject({ code: 'CODE_SCANNER_MISSING' });
      await rig.scanner[Symbol.asyncDispose]();
      await refused;
      expect(rig.scanner.fault?.code).toBe('CODE_SCANNER_MISSING');
      const late = Array.fromAsync(rig.scanner.codes(new AbortController().signal));
      await expect(late).rejects.toMatchObject({ code: 'CODE_SCANNER_MISSING' });
    });
  });
}

async function ready(scope: CodeScannerScope): Promise<CodeScannerRig> {
  const rig = scope.make();
  await expect.poll(() => rig.scanner.fault, { interval: 2 }).toBeUndefined();
  return rig;
}

/** Listens from now on; `next` waits for the next code. */
function listen(scanner: CodeScanner): { next(): Promise<ScannedCode>; stop(): void } {
  const stop = new AbortController();
  const codes = scanner.codes(stop.signal)[Symbol.asyncIterator]();
  // The first request is what begins the listening.
  let coming: Promise<IteratorResult<ScannedCode>> | undefined = codes.next();
  return {
    async next() {
      const result = await (coming ?? codes.next());
      coming = undefined;
      if (result.done) throw new Error('no more codes');
      return result.value;
    },
    stop: () => stop.abort(),
  };
}

export function nextRefusal(scanner: CodeScanner): Promise<Refusal> {
  const { promise, resolve } = Promise.withResolvers<Refusal>();
  const stop = scanner.onRefused((reason) => {
    stop();
    resolve(reason);
  });
  return promise;
}
