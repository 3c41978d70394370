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

interface Follow {
  /** Given every text that was scanned. */
  readonly onText: (text: string) => void;
  /** Somebody has asked for a scanner: its absence is a trouble from the start. */
  readonly isWanted: boolean;
  readonly board: PartBoard;
  readonly log: Log;
}

/** Opens the scanner that the settings name and follows it until `signal` aborts. The station works without one. */
export async function startCodeScanner(
  { settings, board, log, onText }: Omit<Follow, 'isWanted'> & { readonly settings: Pick<Settings, 'badge'> },
  signal: AbortSignal,
): Promise<FollowedScanner> {
  const isWanted = settings.badge.driver !== 'auto';
  try {
    const scanner = await openCodeScanner(settings.badge);
    if (scanner !== null) return followCodeScanner(scanner, { isWanted, board, log, onText }, signal);
  } catch (error) {
    const { code, part } = asFault(error, 'CODE_SCANNER_MISSING', 'code scanner');
    board.set('code-scanner', { state: stateOfFault(code), name: part, code });
  }
  return { look: () => undefined, [Symbol.asyncDispose]: async () => undefined };
}

/**
 * Follows a scanner, which it owns from here on. Of a code only its kind is logged, never its text: a badge or a token
 * in a log could be used again.
 */
export function followCodeScanner(
  scanner: CodeScanner,
  { isWanted, board, log, onText }: Follow,
  signal: AbortSignal,
): FollowedScanner {
  let wasThere = isWanted;
  const following = follow(scanner, log, onText, signal);
  return {
    look() {
      const { fault, name } = scanner;
      wasThere ||= fault === undefined;
      // Where none was ever seen and none was asked for, its absence is no trouble to be mended.
      const isNoTrouble = fault === undefined || (fault.code === 'CODE_SCANNER_MISSING' && !wasThere);
      const state = fault ? stateOfFault(fault.code) : 'ready';
      board.set('code-scanner', { state, name, code: isNoTrouble ? null : fault.code });
    },
    async [Symbol.asyncDispose]() {
      await scanner[Symbol.asyncDispose]();
      await following;
    },
  };
}

async function follow(
  scanner: CodeScanner,
  log: Log,
  onText: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const forget = scanner.onRefused((reason) => log.info('code-refused', { reason }));
  try {
    for await (const { text, symbology } of scanner.codes(signal)) {
      const meaning = parseCode(text);
      onText(text);
      log.info('code-scanned', { kind: meaning.kind, symbology, ...('why' in meaning ? { why: meaning.why } : {}) });
    }
  } catch {
    // The scanner was closed.
  } finally {
    forget();
  }
}
