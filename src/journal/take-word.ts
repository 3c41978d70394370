import { type Reader, readAcknowledgement, readServerWord } from '../contract/envelope/server-word.ts';
import { type Refused, refused } from '../contract/refusals.ts';
import type { DurableJournal } from './port.ts';

export type TakenWord =
  | { readonly kind: 'settled'; readonly upto: number }
  | { readonly kind: 'receipt'; readonly seq: number }
  | Refused;

/**
 * Takes one signed message of the server, an acknowledgement or a receipt, by whatever way it came.
 * @returns what it did; `invalid` = believed, but of another epoch or event than this journal's
 */
export function takeServerWord(journal: DurableJournal, message: Uint8Array, reader: Reader): TakenWord {
  const ack = readAcknowledgement(message, reader);
  if (ack.kind === 'believed') {
    const { statement } = ack;
    if (statement.epoch !== journal.epoch) return refused('invalid', `epoch ${statement.epoch} is not this journal's`);
    journal.settle(statement, message);
    return { kind: 'settled', upto: statement.upto };
  }
  // One kind of statement is never read as another: what is no acknowledgement may still be a receipt.
  const receipt = readServerWord('receipt', message, reader);
  if (receipt.kind === 'refused') return ack.code === 'garbage' ? receipt : ack;
  const { seq } = receipt.statement;
  if (!journal.keepReceipt(receipt.statement, message))
    return refused('invalid', `receipt ${seq} is for another event`);
  return { kind: 'receipt', seq };
}
