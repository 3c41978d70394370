import { StationFault } from '../../../../shared/fault.ts';
import { FRAME_GAP_MS } from '../../../../shared/frame-cutter.ts';
import { orAbort } from '../../../../shared/wait.ts';
import type { SerialLink } from '../../../serial/port.ts';
import { type CcidFrame, type CcidMessage, ccidCutter, encodeCommand, SAY_AGAIN, STATUS } from './frame.ts';
import { ANSWERS, type Command, commandState } from './messages.ts';

/** How long the line may be silent before something is done about it, ms. */
export interface CcidTiming {
  /** After a command: the longest one takes 285 ms to be sent at 9600 baud. */
  readonly statusMs: number;
  /** After a command was taken: a card at its first speed may be silent for 960 ms (ISO/IEC 7816-3 §10.2). */
  readonly answerMs: number;
}

export const CCID_TIMING: CcidTiming = { statusMs: 500, answerMs: 1_500 };

/** Frames said anew for one command. */
const MOST_REPEATS = 5;
const WRITE_LIMIT_MS = 1_000;

type Heard = Exclude<CcidFrame, { kind: 'notice' }>;

/**
 * One command at a time over the line, through lost, damaged and doubled frames: what the reader did not take is said again,
 * what it said unclearly is asked for again, and an answer to another command is no answer.
 */
export class CcidLine {
  readonly #link: SerialLink;
  readonly #slot: number;
  readonly #timing: CcidTiming;
  readonly #stopListening: readonly (() => void)[];
  readonly #heard: Heard[] = [];
  #waiting: PromiseWithResolvers<Heard | undefined> | undefined;
  #end: StationFault | undefined;
  #isAsking = false;
  /** The reader may still be at work for a command that was given up; until then it hears no other. */
  #isBehind = false;
  #lastByteMs = 0;
  /** Not the number that a reader may still answer to from before. */
  #seq = Math.floor(Math.random() * 256);

  /** @param onNotice a card came or went, or such a notice was damaged (`undefined`) */
  constructor(
    link: SerialLink,
    options: { readonly slot: number; readonly timing: CcidTiming },
    onNotice: (notice: { readonly isPresent: boolean; readonly hasChanged: boolean } | undefined) => void,
  ) {
    this.#link = link;
    this.#slot = options.slot;
    this.#timing = options.timing;
    const cutter = ccidCutter();
    const hear = (bytes: Uint8Array) => {
      this.#lastByteMs = performance.now();
      for (const frame of cutter.push(bytes, this.#lastByteMs)) {
        if (frame.kind === 'notice') {
          const bits = frame.slots >> (2 * this.#slot);
          onNotice({ isPresent: (bits & 1) !== 0, hasChanged: (bits & 2) !== 0 });
        } else if (frame.kind === 'damaged' && !this.#isAsking) onNotice(undefined);
        else this.#tell(frame);
      }
    };
    this.#stopListening = [link.onBytes(hear), link.onLost((fault) => this.close(fault))];
  }

  /**
   * @param more the last three bytes of the command's header
   * @returns the reader's answer, done or failed
   * @throws StationFault `READER_SILENT`, the line's own faults; the reason of `signal`
   */
  async ask(
    command: Command,
    more: readonly [number, number, number],
    data: Uint8Array,
    signal: AbortSignal,
  ): Promise<CcidMessage> {
    this.#seq = (this.#seq + 1) & 0xff;
    const frame = encodeCommand(command, this.#slot, this.#seq, more, data);
    this.#heard.length = 0;
    this.#isAsking = true;
    try {
      await this.#write(frame, signal);
      const answer = await this.#answer(command, frame, signal);
      this.#isBehind = false;
      return answer;
    } catch (error) {
      this.#isBehind = true;
      throw error;
    } finally {
      this.#isAsking = false;
      frame.fill(0);
    }
  }

  /** Ends what is being asked, with `fault`. */
  close(fault: StationFault): void {
    this.#end ??= fault;
    for (const stop of this.#stopListening ?? []) stop();
    this.#waiting?.reject(this.#end);
  }

  async #answer(command: Command, frame: Uint8Array, signal: AbortSignal): Promise<CcidMessage> {
    let isTaken = false;
    let isAskedAgain = false;
    let repeats = 0;
    const repeat = async (bytes: Uint8Array, why: string) => {
      repeats += 1;
      if (repeats > MOST_REPEATS) throw this.#silent(`${why}, ${MOST_REPEATS} times`);
      isAskedAgain = bytes === SAY_AGAIN;
      if (!isAskedAgain) isTaken = false;
      await this.#write(bytes, signal);
    };
    for (;;) {
      const heard = await this.#next(isTaken ? this.#timing.answerMs : this.#timing.statusMs, signal);
      if (heard === undefined) {
        // Said again, a command might be carried out twice: first the reader is asked what it said last.
        await repeat(isAskedAgain && !isTaken ? frame : SAY_AGAIN, 'no answer');
      } else if (heard.kind === 'damaged') await repeat(SAY_AGAIN, 'a damaged answer');
      else if (heard.kind === 'message') {
        const { message } = heard;
        const state = commandState(message);
        const isOurs = message.seq === this.#seq && message.slot === this.#slot;
        if (isOurs && state === 'more-time') {
          isTaken = true;
          repeats = 0;
        } else if (isOurs && (state === 'failed' || message.type === ANSWERS[command])) return message;
        // What it said last, or only now, was before this command: it has never heard it.
        else if (isAskedAgain || (this.#isBehind && !isTaken)) {
          this.#isBehind = false;
          await repeat(frame, 'an answer to another command');
        }
      } else if (heard.status === STATUS.taken) isTaken = true;
      else if (heard.status === STATUS.slot) {
        throw new StationFault('CONFIG_INVALID', this.#link.path, 'the reader has no such slot (card.serial.slot)');
      } else await repeat(isTaken ? SAY_AGAIN : frame, `status ${heard.status.toString(16)}`);
    }
  }

  #silent(message: string): StationFault {
    return new StationFault('READER_SILENT', this.#link.path, message);
  }

  async #write(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    if (this.#end !== undefined) throw this.#end;
    await this.#link.write(bytes, WRITE_LIMIT_MS, signal);
  }

  #tell(frame: Heard): void {
    if (this.#waiting === undefined) this.#heard.push(frame);
    else this.#waiting.resolve(frame);
    this.#waiting = undefined;
  }

  /** What is heard next, or `undefined` after `limitMs` of silence; a frame that is on its way is waited for. */
  async #next(limitMs: number, signal: AbortSignal): Promise<Heard | undefined> {
    if (this.#end !== undefined) throw this.#end;
    const before = this.#heard.shift();
    if (before !== undefined) return before;
    const waiting = Promise.withResolvers<Heard | undefined>();
    this.#waiting = waiting;
    const look = () => {
      const isQuiet = performance.now() - this.#lastByteMs >= FRAME_GAP_MS;
      if (isQuiet) waiting.resolve(undefined);
      else timer = setTimeout(look, FRAME_GAP_MS);
    };
    let timer = setTimeout(look, limitMs);
    try {
      return await orAbort(waiting.promise, signal);
    } finally {
      clearTimeout(timer);
      if (this.#waiting === waiting) this.#waiting = undefined;
    }
  }
}
