import type { SignedAcknowledgement } from '../contract/down.ts';
import { readAcknowledgement } from '../contract/envelope/server-word.ts';
import { type Refused, refused } from '../contract/refusals.ts';
import type { Journal } from '../journal/port.ts';
import type { ServerWord } from './server-words.ts';

/**
 * Reads the ingest's watermark and settles what it names. Believed only when a trusted key has signed it for this station, and
 * when it tells of this journal: a watermark beyond the last event, or with another event at its head, is about a copy of this
 * station, and what it says is held may not be ours.
 * @returns the watermark, settled, or why it is not believed: then nothing has changed
 */
export function takeAcknowledgement(
  message: Uint8Array,
  journal: Journal,
  word: ServerWord,
): SignedAcknowledgement | Refused {
  const read = readAcknowledgement(message, word.reader());
  if (read.kind === 'refused') return read;
  const { epoch, upto, gaps, head, at } = read.statement;
  if (epoch === journal.epoch) {
    if (upto > journal.counts().events) return refused('fork', `watermark ${upto} is beyond the last event`);
    const own = upto > 0 && head ? journal.list(upto - 1, 1)[0] : undefined;
    if (own?.seq === upto && own.hash !== head) return refused('fork', `another event at ${upto}`);
  }
  word.prove(at);
  journal.settle({ epoch, upto, gaps }, message);
  return read.statement;
}
