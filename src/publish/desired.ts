import { messageHash } from '../contract/envelope/jws.ts';
import { readConfig, readServerWord } from '../contract/envelope/server-word.ts';
import { type Refused, refused } from '../contract/refusals.ts';
import type { StationInfo } from '../contract/up.ts';
import type { LinkMemory, StationControl } from './port.ts';
import type { Remembered } from './remembered.ts';
import type { ServerWord } from './server-words.ts';

export type Taken =
  | { readonly kind: 'taken'; readonly rev: number; readonly needsRestart: boolean }
  | { readonly kind: 'known' }
  | Refused;

/**
 * Takes desired settings. Whatever is wrong with them, nothing of them is taken over, and info says why. The same revision
 * comes with every connection, since it is retained: it changes nothing.
 */
export function takeConfig(message: Uint8Array, memory: LinkMemory, word: ServerWord, control: StationControl): Taken {
  const remembered = memory.read();
  const inForce = remembered.config;
  const read = readConfig(message, word.reader(), inForce?.rev ?? 0);
  if (read.kind === 'refused') return refuse(memory, remembered, null, read);
  const { rev, at } = read.statement;
  word.prove(at);
  const hash = messageHash(message);
  if (inForce?.rev === rev) {
    if (inForce.hash !== hash)
      return refuse(memory, remembered, rev, refused('fork', `two settings of revision ${rev}`));
    if (remembered.configRefused) memory.write({ ...remembered, configRefused: null });
    return { kind: 'known' };
  }
  const configured = control.configure(read.statement);
  if (configured.kind === 'refused')
    return refuse(
      memory,
      remembered,
      rev,
      refused('invalid', `${configured.code}: ${configured.detail}`),
      configured.code,
    );
  memory.write({ ...remembered, config: { rev, hash }, configRefused: null });
  return { kind: 'taken', rev, needsRestart: configured.kind === 'after-restart' };
}

function refuse(
  memory: LinkMemory,
  remembered: Remembered,
  rev: number | null,
  refusal: Refused,
  code: string = refusal.code,
): Refused {
  const before = remembered.configRefused;
  // Written once: a refused message that is retained comes with every connection.
  if (before?.code !== code || before.rev !== rev) memory.write({ ...remembered, configRefused: { rev, code } });
  return refusal;
}

/** Keeps the pointer to the newest work order. Nothing is fetched yet. */
export function takeOrders(message: Uint8Array, memory: LinkMemory, word: ServerWord): Taken {
  const read = readServerWord('orders', message, word.reader());
  if (read.kind === 'refused') return read;
  const remembered = memory.read();
  const { rev, sha256, size, at } = read.statement;
  const held = remembered.orders;
  if (held && rev < held.rev) return refused('replayed', `revision ${rev} after ${held.rev}`);
  if (held?.rev === rev)
    return held.sha256 === sha256 ? { kind: 'known' } : refused('fork', `two orders of revision ${rev}`);
  memory.keepStatement('orders', message);
  memory.write({ ...remembered, orders: { rev, sha256, size, at } });
  return { kind: 'taken', rev, needsRestart: false };
}

/** Keeps the newest revocations. Nothing acts on them yet. */
export function takeRevoke(message: Uint8Array, memory: LinkMemory, word: ServerWord): Taken {
  const read = readServerWord('revoke', message, word.reader());
  if (read.kind === 'refused') return read;
  const remembered = memory.read();
  const { rev, at } = read.statement;
  const hash = messageHash(message);
  const held = remembered.revoke;
  if (held && rev < held.rev) return refused('replayed', `revision ${rev} after ${held.rev}`);
  if (held?.rev === rev)
    return held.hash === hash ? { kind: 'known' } : refused('fork', `two lists of revision ${rev}`);
  memory.keepStatement('revoke', message);
  memory.write({ ...remembered, revoke: { rev, hash, at } });
  return { kind: 'taken', rev, needsRestart: false };
}

/**
 * What info says of the server's wishes.
 * @param startedWith settings in force while newer ones wait for a restart; `undefined` = none wait
 */
export function reported(
  { config: newest, configRefused, orders, revoke }: Remembered,
  startedWith: Remembered['config'] | undefined,
): Partial<StationInfo> {
  const isWaiting = startedWith !== undefined;
  const config = isWaiting ? startedWith : newest;
  const refusal = configRefused?.code ?? (isWaiting ? 'after-restart' : null);
  return {
    ...(config || refusal ? { config: { rev: config?.rev ?? 0, hash: config?.hash ?? null, refused: refusal } } : {}),
    ...(orders ? { orders: { rev: orders.rev, sha256: orders.sha256 } } : {}),
    ...(revoke ? { revoke: { rev: revoke.rev, hash: revoke.hash } } : {}),
  };
}
