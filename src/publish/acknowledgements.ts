import type { SignedAcknowledgement } from '../contract/down.ts';
import { readAcknowledgement } from '../contract/envelope/server-word.ts';
import { type Refused, refused } from '../contract/refusals.ts';
import type { Journal } from '../journal/port.ts';
import type { ServerWord } from './server-words.ts';

/**
 * Reads the ingest's watermark and settles what it names. Believed only when a trusted key has signed it for this station, and
 * when it tells of this journal: a watermark beyond the last event, or with another event at its head, is about a copy of this
 * station, or to a journal that was put back, and what it says is held may not be ours.
 * @returns the watermark, settled, or why it is not believed: then nothing is settled
 */
export function takeAcknowledgement(
  message: Uint8Array,
  journal: Journal,
  word: ServerWord,
): SignedAcknowledgement | Refused {
  const read = readAcknowledgement(message, word.reader());
  if (read.kind === 'refused') return read;
  const { epoch, upto, gaps, head, at } = read.statement;
  const fork = epoch === journal.epoch ? forkAt(journal, upto, head) : undefined;
  if (!fork) word.prove(at);
  // A journal that was put back to an older state learns it here, and begins a new epoch.
  journal.settle({ epoch, upto, gaps, head }, message);
  return fork ?? read.statement;
}

function forkAt(journal: Journal, upto: number, head: string | null | undefined): Refused | undefined {
  if (upto > journal.counts().events) return refused('fork', `watermark ${upto} is beyond the last event`);
  const own = upto > 0 && head ? journal.list(upto - 1, 1)[0] : undefined;
  return own?.seq === upto && own.hash !== head ? refused('fork', `another event at ${upto}`) : undefined;
}
