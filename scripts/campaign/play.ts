import { addDays, type Order, type OrderPerson } from '../../src/roster/order.ts';
import type { HolderCard } from '../../src/station/registry.ts';
import { type Book, emptyBook } from './book.ts';
import { offsetTo } from './calendar.ts';
import { type CardState, cardOf } from './cards.ts';
import type { Life, Troubles } from './lives.ts';
import { type Setting, STAFF } from './setting.ts';
import { StationProcess } from './station-process.ts';

export interface PlayOptions {
  readonly setting: Setting;
  readonly days: readonly string[];
  readonly lives: ReadonlyMap<string, Life>;
  readonly troubles: Troubles;
  /** The virtual chip answers as slowly as a real one. */
  readonly isWireSpeed: boolean;
  /** A test: papers are made once, not every day. */
  readonly isSmall: boolean;
  readonly note: (text: string) => void;
}

/** The campaign as it stands in the world outside the station: what day it is, whose card is new, what was seen. */
export class Play implements AsyncDisposable {
  readonly options: PlayOptions;
  readonly book: Book = emptyBook();
  readonly people: ReadonlyMap<string, OrderPerson>;
  /** Who came to the district office and has a new card. */
  readonly renewed = new Set<string>();
  /** Troubles come once. */
  readonly had = new Set<string>();
  /** 1 = the first day. */
  day = 0;
  reader: StationProcess['reader'] = 'in-process';
  #station: StationProcess | undefined;
  #offsetMs = 0;

  constructor(options: PlayOptions) {
    this.options = options;
    this.people = new Map(this.order.people.map((person) => [person.entry, person]));
  }

  get order(): Order {
    return this.options.setting.order;
  }

  get today(): string {
    return this.options.days[this.day - 1] ?? '';
  }

  get first(): string {
    return this.options.days[0] ?? '';
  }

  get isLastDay(): boolean {
    return this.day === this.options.days.length;
  }

  /** The day on which new cards are made, or `null`. */
  get batchDate(): string | null {
    const { batchDay } = this.options.troubles;
    return batchDay === null ? null : (this.options.days[batchDay - 1] ?? null);
  }

  get station(): StationProcess {
    if (!this.#station) throw new Error('the station is off');
    return this.#station;
  }

  get pages() {
    return this.station.pages;
  }

  /** A new day begins: the clock shows its morning. */
  async morning(day: number): Promise<void> {
    this.day = day;
    this.#offsetMs = offsetTo(this.today, new Date());
    await this.switchOn();
  }

  /** Starts the station, and the first operator signs in. @returns how long it took, s */
  async switchOn(): Promise<number> {
    const startedAt = performance.now();
    const { dataDir, logFile } = this.options.setting;
    this.#station = await StationProcess.start({
      dataDir,
      logFile: logFile(this.day),
      clockOffsetMs: this.#offsetMs,
    });
    this.reader = this.#station.reader;
    await this.signIn();
    return (performance.now() - startedAt) / 1000;
  }

  async switchOff(): Promise<void> {
    await this.station.stop();
    this.#station = undefined;
  }

  /** Everything is off, in the middle of whatever it was. */
  async powerCut(): Promise<void> {
    await this.station.powerCut();
    this.#station = undefined;
  }

  /** The desk locks while nobody touches it. */
  async signIn(): Promise<void> {
    if (this.pages.desk.session) return;
    const { id, pin } = STAFF.first;
    await this.pages.ask<'sign-in'>({ do: 'sign-in', credential: { by: 'pin', staff: id, pin } });
    await this.pages.until('the session', () => this.pages.desk.session ?? undefined);
  }

  cardOf(life: Life): HolderCard {
    const person = this.people.get(life.entry);
    if (!person) throw new Error(`${life.entry} is on no list`);
    return cardOf(person, this.options.setting.numberOf(life.index), this.#stateOf(life), this.first, this.batchDate);
  }

  #stateOf({ entry, story }: Life): CardState {
    if (this.renewed.has(entry)) return 'renewed';
    return story === 'expired' ? 'expired' : story === 'damaged' ? 'mute' : 'good';
  }

  /** By when the team comes again: the next day of the campaign, or soon after it. */
  comeAgain(): string {
    return addDays(this.today, this.isLastDay ? 3 : 1);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#station?.[Symbol.asyncDispose]();
  }
}
