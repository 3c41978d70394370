import { ingestStateSchema } from '../contract/down.ts';
import { parseJson } from '../contract/envelope/jws.ts';
import { type Refused, refused } from '../contract/refusals.ts';
import { parseTopic } from '../contract/topics.ts';
import type { Journal } from '../journal/port.ts';
import { takeAcknowledgement } from './acknowledgements.ts';
import { type Answer, type CommandHands, takeCommand } from './commands.ts';
import { type Taken, takeConfig, takeOrders, takeRevoke } from './desired.ts';
import type { Outbox } from './outbox.ts';
import type { IncomingMessage, LinkMemory, StationControl } from './port.ts';
import type { ServerWord } from './server-words.ts';
import type { LinkWatch, RefusedKind } from './watch.ts';

export interface DownlinkOptions {
  readonly station: string;
  readonly journal: Journal;
  readonly memory: LinkMemory;
  readonly control: StationControl;
  readonly word: ServerWord;
  readonly watch: LinkWatch;
  readonly outbox: Outbox;
  readonly hands: CommandHands;
  /** Told when info says something else now. */
  readonly onTold: () => void;
  /** Settings were taken over that are in force after a restart. */
  readonly onRestartDue: () => void;
}

/** What a message from the server was. */
export type Heard =
  | { readonly kind: 'acknowledgement' | 'ingest-state' | 'other' }
  | { readonly kind: 'answer'; readonly answer: Answer };

/** Most bytes of the only message that nobody signs. */
const MOST_STATE_BYTES = 1_024;
const OTHER: Heard = { kind: 'other' };

/** Hears one message from the broker. What is not believed is named to the watch and changes nothing. */
export function hear(message: IncomingMessage, options: DownlinkOptions): Heard {
  const { station, watch } = options;
  const topic = parseTopic(message.topic);
  if (topic.kind === 'refused' || topic.kind === 'up') return not(watch, 'topic', topic);
  if (topic.kind === 'ingest-state') return hearState(message.payload, options);
  if (topic.kind === 'revoke')
    return took(options, 'revoke', takeRevoke(message.payload, options.memory, options.word));
  if (topic.station !== station) return not(watch, 'topic', refused('wrong-station', 'topic'));
  switch (topic.channel) {
    case 'ack':
      return hearAcknowledgement(message.payload, options);
    case 'cmd':
      return hearCommand(message, options);
    case 'config':
      return took(options, 'config', takeConfig(message.payload, options.memory, options.word, options.control));
    case 'orders':
      return took(options, 'orders', takeOrders(message.payload, options.memory, options.word));
  }
}

function not(watch: LinkWatch, kind: RefusedKind, refusal: Refused | { readonly kind: 'up' }): Heard {
  watch.refused(kind, refusal.kind === 'refused' ? refusal : refused('garbage', "a station's topic"));
  return OTHER;
}

function hearAcknowledgement(payload: Uint8Array, { journal, word, watch, outbox }: DownlinkOptions): Heard {
  const taken = takeAcknowledgement(payload, journal, word);
  if ('kind' in taken) return not(watch, 'ack', taken);
  outbox.acknowledged(taken);
  return { kind: 'acknowledgement' };
}

/** Nobody signs it: whoever forges it can delay, which the broker can do anyhow, and nothing else. */
function hearState(payload: Uint8Array, { watch, outbox }: DownlinkOptions): Heard {
  const said = payload.length > MOST_STATE_BYTES ? undefined : ingestStateSchema.safeParse(parseJson(payload));
  if (!said?.success) return not(watch, 'ingest-state', refused('garbage', 'no state of an ingest'));
  if (outbox.ingestSays(said.data.state)) watch.ingest(said.data.state);
  return { kind: 'ingest-state' };
}

function hearCommand(message: IncomingMessage, { memory, word, hands, watch }: DownlinkOptions): Heard {
  const answer = takeCommand(message, memory, word, hands);
  if ('kind' in answer) return not(watch, 'cmd', answer);
  const { name, result, refusal } = answer;
  if (refusal) watch.refused('cmd', refusal);
  watch.command(name, result.cmdSeq, result.result, result.code);
  return { kind: 'answer', answer };
}

function took(options: DownlinkOptions, kind: 'config' | 'orders' | 'revoke', taken: Taken): Heard {
  if (taken.kind === 'refused') {
    not(options.watch, kind, taken);
    if (kind === 'config') options.onTold();
  }
  if (taken.kind === 'taken') {
    options.watch.taken(kind, taken.rev);
    if (taken.needsRestart) options.onRestartDue();
    options.onTold();
  }
  return OTHER;
}
