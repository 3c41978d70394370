import type { Settings } from '../config/settings.ts';
import type { Log } from '../observe/log.ts';
import { parseCode } from '../peripherals/badge/parse-code.ts';
import type { CodeScanner } from '../peripherals/badge/port.ts';
import { asFault } from '../shared/fault.ts';
import { type PartBoard, stateOfFault } from './parts.ts';
import { openCodeScanner } from './registry.ts';

export interface FollowedScanner extends AsyncDisposable {
  /** Puts the scanner's present state on the board. */
  look(): void;
}

/**
 * Opens the scanner that the settings name and follows it until `signal` aborts. Of a code only its kind is logged,
 * never its text: a badge or a token in a log could be used again. The station works without a scanner.
 */
export async function startCodeScanner(
  {
    settings,
    board,
    log,
  }: { readonly settings: Pick<Settings, 'badge'>; readonly board: PartBoard; readonly log: Log },
  signal: AbortSignal,
): Promise<FollowedScanner> {
  const isWanted = settings.badge.driver !== 'auto';
  let scanner: CodeScanner | null;
  try {
    scanner = await openCodeScanner(settings.badge);
  } catch (error) {
    const { code, part } = asFault(error, 'SCANNER_MISSING', 'code scanner');
    board.set('code-scanner', { state: stateOfFault(code), name: part, code });
    scanner = null;
  }
  if (scanner === null) return { look: () => undefined, [Symbol.asyncDispose]: async () => undefined };
  const open = scanner;
  let wasThere = isWanted;
  const following = follow(open, log, signal);
  return {
    look() {
      const { fault, name } = open;
      wasThere ||= fault === undefined;
      // Where none was ever seen and none was asked for, its absence is no trouble to be mended.
      const isNoTrouble = fault === undefined || (fault.code === 'SCANNER_MISSING' && !wasThere);
      const state = fault ? stateOfFault(fault.code) : 'ready';
      board.set('code-scanner', { state, name, code: isNoTrouble ? null : fault.code });
    },
    async [Symbol.asyncDispose]() {
      await open[Symbol.asyncDispose]();
      await following;
    },
  };
}

async function follow(scanner: CodeScanner, log: Log, signal: AbortSignal): Promise<void> {
  const forget = scanner.onRefused((reason) => log.info('code-refused', { reason }));
  try {
    for await (const { text, symbology } of scanner.codes(signal)) {
      const meaning = parseCode(text);
      log.info('code-scanned', { kind: meaning.kind, symbology, ...('why' in meaning ? { why: meaning.why } : {}) });
    }
  } catch {
    // The scanner was closed.
  } finally {
    forget();
  }
}
