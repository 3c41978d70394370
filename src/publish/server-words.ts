import type { KeyRegistry } from '../contract/envelope/keys.ts';
import type { Reader } from '../contract/envelope/server-word.ts';

/** How this station reads what the server says. */
export interface ServerWord {
  /** With the time of now, or the newest time that the server has signed, whichever is later. */
  reader(): Reader;
  /** A moment that the server has signed: it is past, whatever the clock says. */
  prove(at: string): void;
}

export function serverWord(station: string, keys: KeyRegistry, nowMs: () => number): ServerWord {
  let provenMs = 0;
  return {
    reader: () => ({ station, keys, nowMs: Math.max(nowMs(), provenMs) }),
    prove: (at) => {
      provenMs = Math.max(provenMs, Date.parse(at));
    },
  };
}
