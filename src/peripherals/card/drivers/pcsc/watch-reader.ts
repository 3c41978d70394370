import { setTimeout as delay } from 'node:timers/promises';
import type { Told } from './messages.ts';
import type { PcscContext, PcscLite } from './pcsc-lite.ts';

/** How often a missing reader is looked for, ms. */
const LOOK_MS = 500;
/** A wait for a change is renewed after this long, ms, so that no wait is without end. */
const WAIT_MS = 30_000;

export interface Wanted {
  /** A reader's name or a part of it; `undefined` = any. */
  readonly reader: string | undefined;
  /** Part of a name that it must not have. */
  readonly except: string | undefined;
}

/**
 * Tells of the reader and its card until the service fails, which it throws. Uses a context of its own: libpcsclite
 * holds a context's lock while it waits, and a transmission must not wait for the next insertion.
 */
export async function watchReader(pcsc: PcscLite, wanted: Wanted, tell: (told: Told) => void) {
  const context = new pcsc.Context();
  let isMissingTold = false;
  for (;;) {
    const name = pickReader(
      (await context.listReaders()).map((slot) => slot.name),
      wanted,
    );
    if (name !== undefined) {
      tell({ tell: 'reader', name });
      isMissingTold = false;
      await watchCard(pcsc, context, name, tell);
    }
    if (!isMissingTold) tell({ tell: 'reader', name: undefined });
    isMissingTold = true;
    // An unplugged reader may stay on the list for a moment.
    await delay(LOOK_MS);
  }
}

/** An exact name first, then the first that contains it; the first of all when none is asked for. */
export function pickReader(names: readonly string[], { reader, except }: Wanted): string | undefined {
  const free = except === undefined ? names : names.filter((name) => !name.includes(except));
  if (reader === undefined) return free[0];
  return free.find((name) => name === reader) ?? free.find((name) => name.includes(reader));
}

/** Returns when the reader is gone. */
async function watchCard(pcsc: PcscLite, context: PcscContext, name: string, tell: (told: Told) => void) {
  let known = 0;
  for (;;) {
    const changes = await context.waitForChange([{ name, state: known }], WAIT_MS);
    const change = changes?.[0];
    if (change === undefined) continue;
    if ((change.state & (pcsc.SCARD_STATE_UNKNOWN | pcsc.SCARD_STATE_UNAVAILABLE)) !== 0) return;
    known = change.state & ~pcsc.SCARD_STATE_CHANGED;
    const isPresent = (change.state & pcsc.SCARD_STATE_PRESENT) !== 0;
    const isMute = (change.state & pcsc.SCARD_STATE_MUTE) !== 0;
    const atr = isPresent ? Uint8Array.from(isMute ? [] : (change.atr ?? [])) : undefined;
    tell({ tell: 'card', atr, counter: change.state >>> 16 });
  }
}
