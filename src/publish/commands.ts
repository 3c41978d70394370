import type { z } from 'zod';
import { COMMANDS, type Command, type CommandName } from '../contract/down.ts';
import { readCommand, readServerWord } from '../contract/envelope/server-word.ts';
import type { Refused } from '../contract/refusals.ts';
import type { CommandResult } from '../contract/up.ts';
import type { LinkMemory } from './port.ts';
import type { ServerWord } from './server-words.ts';

/** What a command may set in motion on the link itself; restarting is the station's. */
export interface CommandHands {
  report(): void;
  /** @returns how many events go again, `undefined` when they are too many at once */
  resend(from: number, upto: number): number | undefined;
  /** Called once the answer is out. */
  restart(): void;
  readonly epoch: () => string;
}

/** An answer, and what is to be done once the broker has it. */
export interface Answer {
  /** Why the command is not obeyed. */
  readonly refusal: Refused | undefined;
  readonly name: string;
  readonly result: CommandResult;
  readonly correlation: Uint8Array | undefined;
  readonly afterwards: (() => void) | undefined;
}

interface Done extends Pick<CommandResult, 'result' | 'code' | 'data'> {
  readonly afterwards?: () => void;
}

/** More than a correlation id of anybody's; it is not signed. */
const MOST_CORRELATION_BYTES = 128;

/**
 * Takes a command. Its number is on the disk before it is obeyed, so it is obeyed at most once; if the station ends in between,
 * a repetition is answered with `interrupted`. A command whose signature holds is always answered, one that nobody known has
 * signed never.
 * @returns the answer, or why there is none
 */
export function takeCommand(
  message: { readonly payload: Uint8Array; readonly correlation?: Uint8Array },
  memory: LinkMemory,
  word: ServerWord,
  hands: CommandHands,
): Answer | Refused {
  const reader = word.reader();
  const signed = readServerWord('cmd', message.payload, reader);
  if (signed.kind === 'refused') return signed;
  const { id, cmdSeq, name } = signed.statement;
  const correlation =
    message.correlation && message.correlation.length <= MOST_CORRELATION_BYTES ? message.correlation : undefined;
  const at = new Date(reader.nowMs).toISOString();
  const answer = ({ afterwards, ...said }: Done, refusal?: Refused): Answer => ({
    refusal,
    name: Object.hasOwn(COMMANDS, name) ? name : 'unknown',
    result: { id, cmdSeq, at, ...said },
    correlation,
    afterwards,
  });
  const remembered = memory.read();
  if (remembered.lastCommand?.id === id) {
    const { result } = remembered.lastCommand;
    return result ? { ...answer(result), result } : answer({ result: 'failed', code: 'interrupted' });
  }
  const read = readCommand(message.payload, reader, remembered.lastCmdSeq);
  if (read.kind === 'refused') return answer({ result: 'refused', code: read.code }, read);
  const taken = { id, result: null, isTold: false, correlation: null };
  memory.write({ ...remembered, lastCmdSeq: cmdSeq, lastCommand: taken });
  const given = answer(obey(read.statement, hands));
  memory.write({
    ...memory.read(),
    lastCommand: {
      ...taken,
      result: given.result,
      correlation: correlation ? Buffer.from(correlation).toString('base64') : null,
    },
  });
  return given;
}

function obey({ name, args }: Command & { readonly name: CommandName }, hands: CommandHands): Done {
  switch (name) {
    case 'report':
      hands.report();
      return { result: 'done', code: null };
    case 'resend': {
      const { epoch, from, upto } = args as z.output<(typeof COMMANDS)['resend']['args']>;
      if (epoch !== hands.epoch()) return { result: 'refused', code: 'other-epoch' };
      const events = from <= upto ? hands.resend(from, upto) : 0;
      return events === undefined
        ? { result: 'refused', code: 'too-many' }
        : { result: 'done', code: null, data: { events } };
    }
    case 'restart':
      return { result: 'done', code: null, data: { when: 'between-visits' }, afterwards: hands.restart };
    case 'rotate-keys':
    case 'fetch-update':
      return { result: 'refused', code: 'not-available' };
  }
}
