import { isAbort, StationFault } from '../../../../shared/fault.ts';
import type { SerialLink } from '../../../serial/port.ts';
import type { ModuleEvents, ModuleKind, ScannerModule } from '../../module.ts';
import type { ScannerBox, ScannerInfo, ScannerVerdict } from '../../port.ts';
import {
  commandBody,
  type Generation,
  generationOf,
  IDS,
  isSafeConfig,
  meaningOf,
  readFaces,
  readStatus,
  safeConfig,
  TEXT,
} from './messages.ts';
import { PART, PacketLine } from './packet-line.ts';
import type { PairedKeys } from './secure-keys.ts';
import { type Message, openSession } from './session.ts';

export interface RealSenseOptions {
  /** Size of the module's picture in pixels, to which its face boxes refer; `null` = boxes are not told. */
  readonly picture: { readonly width: number; readonly height: number } | null;
  /** `null` = plain session. */
  readonly keys: PairedKeys | null;
  /** Longest wait for one answer, ms; the module's own maker waits 4 to 5 s. */
  readonly replyLimitMs: number;
}

const REMOVE_LIMIT_MS = 34_000;
const VERSION_LIMIT_MS = 500;
/** After the result the module still ends the operation by a reply. */
const END_LIMIT_MS = 1_000;
const TRIES = 3;

/** Intel RealSense ID F450/F455: attack detection by depth and infrared, without authentication of anybody. */
export function realsenseId(options: RealSenseOptions): ModuleKind {
  return { model: PART, baudRate: 115_200, attach: (link, events) => new RealSenseModule(link, events, options) };
}

class RealSenseModule implements ScannerModule {
  readonly #line: PacketLine;
  readonly #events: ModuleEvents;
  readonly #options: RealSenseOptions;
  #generation: Generation = 'f45x';

  constructor(link: SerialLink, events: ModuleEvents, options: RealSenseOptions) {
    this.#line = new PacketLine(link);
    this.#events = events;
    this.#options = options;
  }

  async initialise(signal: AbortSignal): Promise<ScannerInfo> {
    await this.#line.cancel();
    // The console's answer is a help for the log; a module without it is as good.
    const firmware = await this.#line
      .askText(TEXT.version, /OPFW : ([\d.]+)\s/, VERSION_LIMIT_MS, signal)
      .catch((error: unknown) => {
        signal.throwIfAborted();
        if (isAbort(error) || !(error instanceof StationFault) || error.code !== 'SCANNER_SILENT') throw error;
        return null;
      });
    await this.#makeSafe(signal);
    await this.#forgetEverybody(signal);
    return { model: 'RealSense ID', firmware, serial: null };
  }

  async judge(limitMs: number, signal: AbortSignal): Promise<ScannerVerdict> {
    const endMs = performance.now() + limitMs;
    const leftMs = () => Math.max(1, endMs - performance.now());
    try {
      const session = await openSession(
        this.#line,
        this.#options.keys,
        Math.min(this.#options.replyLimitMs, leftMs()),
        signal,
      );
      const judgement = new Judgement(this.#generation, this.#options.picture, this.#events);
      await session.send(IDS.detectAttack, commandBody(), signal);
      for (;;) {
        const limit = judgement.isDecided ? Math.min(END_LIMIT_MS, leftMs()) : leftMs();
        const message = await session.receive(limit, signal).catch((error: unknown) => {
          const isSilent = error instanceof StationFault && error.code === 'SCANNER_SILENT';
          if (isSilent && (judgement.isDecided || !judgement.hasSeenFace)) return null;
          throw error;
        });
        if (message === null || !judgement.take(message)) {
          if (message === null) await this.#line.cancel();
          return judgement.verdict();
        }
      }
    } catch (error) {
      await this.#line.cancel();
      throw error;
    }
  }

  async sleep(signal: AbortSignal): Promise<void> {
    const session = await openSession(this.#line, this.#options.keys, this.#options.replyLimitMs, signal);
    // Whether it answers before it sleeps is not known: it may.
    await session.send(IDS.standby, new Uint8Array(), signal);
  }

  close(): void {
    this.#line.close();
  }

  /** A new module detects faces and no attacks, at its lowest level: both are set, and read back. */
  async #makeSafe(signal: AbortSignal): Promise<void> {
    const before = await this.#exchange(IDS.queryConfig, new Uint8Array(), IDS.queryConfig, signal);
    this.#generation = generationOf(before);
    if (isSafeConfig(before)) return;
    await this.#exchange(IDS.setConfig, safeConfig(before), IDS.setConfig, signal);
    const after = await this.#exchange(IDS.queryConfig, new Uint8Array(), IDS.queryConfig, signal);
    if (!isSafeConfig(after)) {
      throw new StationFault(
        'SCANNER_UNSAFE',
        PART,
        'the module keeps attack detection off or below its highest level',
      );
    }
  }

  async #forgetEverybody(signal: AbortSignal): Promise<void> {
    if ((await this.#countUsers(signal)) === 0) return;
    const body = await this.#exchange(IDS.removeAllUsers, commandBody(), IDS.reply, signal, REMOVE_LIMIT_MS);
    const left = await this.#countUsers(signal);
    if (left !== 0) {
      throw new StationFault('SCANNER_UNSAFE', PART, `${left} users stay in the module: status ${readStatus(body)}`);
    }
  }

  async #countUsers(signal: AbortSignal): Promise<number> {
    const body = await this.#exchange(IDS.countUsers, new Uint8Array(), IDS.countUsers, signal);
    return new DataView(body.buffer, body.byteOffset, body.length).getUint32(0, true);
  }

  /** One question in a session of its own; each may be asked again. */
  async #exchange(
    id: string,
    body: Uint8Array,
    answerId: string,
    signal: AbortSignal,
    limitMs = this.#options.replyLimitMs,
  ): Promise<Uint8Array> {
    for (let tries = 1; ; tries++) {
      const session = await openSession(this.#line, this.#options.keys, this.#options.replyLimitMs, signal);
      try {
        await session.send(id, body, signal);
        const answer = await session.receive(limitMs, signal);
        if (answer.id === answerId) return answer.body;
        throw new StationFault('SCANNER_PROTOCOL', PART, `'${answer.id}' came in answer to '${id}'`);
      } catch (error) {
        const mayBeNoise =
          error instanceof StationFault && (error.code === 'SCANNER_SILENT' || error.code === 'SCANNER_PROTOCOL');
        if (!mayBeNoise || signal.aborted || tries === TRIES) throw error;
        await this.#line.cancel();
      }
    }
  }
}

/** What one attack detection has told so far. */
class Judgement {
  readonly #generation: Generation;
  readonly #picture: RealSenseOptions['picture'];
  readonly #events: ModuleEvents;
  readonly #kinds = new Set<ScannerVerdict['kind']>();
  readonly #statuses: number[] = [];
  #sinceMs = performance.now();
  #box: ScannerBox | null = null;
  hasSeenFace = false;

  constructor(generation: Generation, picture: RealSenseOptions['picture'], events: ModuleEvents) {
    this.#generation = generation;
    this.#picture = picture;
    this.#events = events;
  }

  get isDecided(): boolean {
    return this.#kinds.size > 0;
  }

  /** @returns false when the module has ended the operation */
  take({ id, body }: Message): boolean {
    const atMs = performance.now();
    if (id === IDS.reply) return false;
    if (id === IDS.faces) this.#seen(atMs, readFaces(body, this.#picture));
    if (id === IDS.hint) {
      const meaning = meaningOf(readStatus(body), this.#generation);
      if (meaning.kind === 'hint') this.#face(atMs, meaning.hint);
      if (meaning.kind === 'no-face') this.#noFace(atMs);
    }
    if (id === IDS.result) {
      const status = readStatus(body);
      const { kind } = meaningOf(status, this.#generation);
      this.#statuses.push(status);
      this.#kinds.add(kind === 'hint' || kind === 'nothing' ? 'not-run' : kind);
    }
    return true;
  }

  /** With several faces there are several results: the worst one counts. Without any, nothing was judged. */
  verdict(): ScannerVerdict {
    const worst = (['attack', 'not-run', 'no-face', 'bona-fide'] as const).find((kind) => this.#kinds.has(kind));
    const detail = this.isDecided ? `status ${this.#statuses.join(' ')}` : 'no result';
    const kind = worst ?? (this.hasSeenFace ? 'not-run' : 'no-face');
    return { kind, startMs: this.#sinceMs, endMs: performance.now(), box: this.#box, detail };
  }

  #seen(atMs: number, { count, box }: ReturnType<typeof readFaces>): void {
    if (count === 0) return this.#noFace(atMs);
    this.#box = box;
    this.#face(atMs, count > 1 ? 'one-person' : null);
  }

  #face(atMs: number, hint: Extract<ReturnType<typeof meaningOf>, { kind: 'hint' }>['hint']): void {
    this.hasSeenFace = true;
    this.#events.found({ kind: 'face', atMs, hint, box: this.#box });
  }

  /** Whoever comes next may be somebody else: frames before this moment are not vouched for. */
  #noFace(atMs: number): void {
    this.#sinceMs = atMs;
    this.#box = null;
    this.#events.found({ kind: 'no-face', atMs });
  }
}
