import type { z } from 'zod';
import {
  acknowledgementSchema,
  COMMANDS,
  type Command,
  type CommandName,
  commandSchema,
  configSchema,
  type DesiredConfig,
  ordersSchema,
  type Receipt,
  receiptSchema,
  revokeSchema,
  type SignedAcknowledgement,
} from '../down.ts';
import type { SignedKind } from '../messages.ts';
import { receiptTrustSchema } from '../receipt-credential.ts';
import { type Refused, refused } from '../refusals.ts';
import { parseJson, signStatement, verifyStatement } from './jws.ts';
import type { KeyRegistry, Signer } from './keys.ts';

const SCHEMAS = {
  ack: acknowledgementSchema,
  receipt: receiptSchema,
  cmd: commandSchema,
  config: configSchema,
  orders: ordersSchema,
  revoke: revokeSchema,
  issuers: receiptTrustSchema,
} as const satisfies Partial<Record<SignedKind, z.ZodType>>;

/** Statements of the server. */
export type ServerKind = keyof typeof SCHEMAS;
export type Statement<Kind extends ServerKind> = z.output<(typeof SCHEMAS)[Kind]>;

export interface Reader {
  /** Who reads: a statement that names another station is refused. */
  readonly station: string;
  readonly keys: KeyRegistry;
  /** Milliseconds since 1970, not before the newest time that the reader has proof of: a clock may stand in the past. */
  readonly nowMs: number;
}

type Believed<T> = { readonly kind: 'believed'; readonly statement: T; readonly kid: string };

/** Signs a statement of the server. */
export function signServerWord<Kind extends ServerKind>(
  kind: Kind,
  statement: z.input<(typeof SCHEMAS)[Kind]>,
  signer: Signer,
): Uint8Array {
  return signStatement(kind, Buffer.from(JSON.stringify(statement)), signer);
}

/** Reads a statement of the server. @returns what it says, or a refusal of {@link verifyStatement}, `invalid`, `wrong-station` */
export function readServerWord<Kind extends ServerKind>(
  kind: Kind,
  message: Uint8Array,
  reader: Reader,
): Believed<Statement<Kind>> | Refused {
  const verified = verifyStatement(kind, message, reader.keys, reader.nowMs);
  if (verified.kind === 'refused') return verified;
  if (verified.station !== null) return refused('wrong-key', `${verified.kid} is a station's`);
  const parsed = SCHEMAS[kind].safeParse(parseJson(verified.payload));
  if (!parsed.success) return refused('invalid', kind);
  const statement = parsed.data as Statement<Kind>;
  if ('station' in statement && statement.station !== reader.station) return refused('wrong-station', kind);
  return { kind: 'believed', statement, kid: verified.kid };
}

/** The ingest's watermark, signed after its commit. */
export function signAcknowledgement(acknowledgement: SignedAcknowledgement, signer: Signer): Uint8Array {
  return signServerWord('ack', acknowledgement, signer);
}

/** A watermark that is older than one already taken does no harm: what is settled stays settled. */
export function readAcknowledgement(message: Uint8Array, reader: Reader): Believed<SignedAcknowledgement> | Refused {
  return readServerWord('ack', message, reader);
}

export function signReceipt(receipt: Receipt, signer: Signer): Uint8Array {
  return signServerWord('receipt', receipt, signer);
}

/** @param event what the receipt must be for; a receipt for anything else is `wrong-station` or `fork` */
export function readReceipt(
  message: Uint8Array,
  reader: Reader,
  event: { readonly epoch: string; readonly seq: number; readonly id: string; readonly hash: string },
): Believed<Receipt> | Refused {
  const read = readServerWord('receipt', message, reader);
  if (read.kind === 'refused') return read;
  const { epoch, seq, id, hash } = read.statement;
  if (epoch !== event.epoch || seq !== event.seq) return refused('invalid', 'a receipt for another place');
  return hash === event.hash && id === event.id
    ? read
    : refused('fork', 'the server holds another event at this place');
}

/**
 * Reads a command: signed by a key that the broker does not hold, for this station, in its time, once, and of the list.
 * @param lastCmdSeq number of the last command that was taken; the caller keeps it before it obeys
 */
export function readCommand(
  message: Uint8Array,
  reader: Reader,
  lastCmdSeq: number,
): Believed<Command & { readonly name: CommandName }> | Refused {
  const read = readServerWord('cmd', message, reader);
  if (read.kind === 'refused') return read;
  const { name, args, cmdSeq, notBefore, expires } = read.statement;
  if (reader.nowMs >= Date.parse(expires)) return refused('expired', `command ${cmdSeq}`);
  if (reader.nowMs < Date.parse(notBefore)) return refused('not-yet', `command ${cmdSeq}`);
  if (cmdSeq <= lastCmdSeq) return refused('replayed', `command ${cmdSeq} after ${lastCmdSeq}`);
  if (!Object.hasOwn(COMMANDS, name)) return refused('not-allowed', `command ${cmdSeq}`);
  const known = name as CommandName;
  const given = COMMANDS[known].args.safeParse(args);
  if (!given.success) return refused('invalid', `arguments of ${known}`);
  return { ...read, statement: { ...read.statement, name: known, args: given.data } };
}

/** @param lastRev revision in force: an older one is a replay, the same one is told again by the broker and changes nothing */
export function readConfig(message: Uint8Array, reader: Reader, lastRev: number): Believed<DesiredConfig> | Refused {
  const read = readServerWord('config', message, reader);
  if (read.kind === 'believed' && read.statement.rev < lastRev)
    return refused('replayed', `revision ${read.statement.rev} after ${lastRev}`);
  return read;
}
