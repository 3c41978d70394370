import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { AnswerTo, Ask, DeskStatus, Refusal, Right } from '../../kiosk/desk-protocol.ts';
import type { OperatorStatus, ServerMessage, Words } from '../../kiosk/protocol.ts';
import type { Language } from '../../visit/types.ts';
import { both } from '../i18n/text.ts';
import type { Filter, Scope } from './people/scope.ts';
import type { Place } from './place.ts';

/** Width of a 10.1″ glass, until the station says which one it has. */
const DEFAULT_WIDTH_MM = 217;

/** What the desk needs of the station: questions, and the one message that ends the citizen's staff screen. */
export interface DeskLink {
  ask<A extends Ask>(ask: A): Promise<AnswerTo<A['do']> | Refusal | undefined>;
  /** Address of a picture of the visit in progress. */
  picture(token: string, which: 'card' | 'probe'): string;
  staffDone(): void;
}

/** A sentence at the foot of the page that goes with the next tap. */
export interface Notice {
  readonly tone: 'done' | 'refused';
  readonly words: Words;
}

/** The operator's desk: what the station pushed, and where on the desk the page is. Nothing of it outlives the page. */
export interface Desk {
  readonly status: ReadonlySignal<OperatorStatus | null>;
  readonly state: ReadonlySignal<DeskStatus | null>;
  readonly isAwaited: ReadonlySignal<boolean>;
  readonly isLost: ReadonlySignal<boolean>;
  readonly widthMm: ReadonlySignal<number>;
  readonly language: Signal<Language>;
  readonly notice: Signal<Notice | null>;
  readonly filter: Signal<Filter>;
  readonly scope: Signal<Scope>;
  /** Last day of field work as staff chose it, ISO; `null` = as the lists have it. Names nobody, so it stays when the desk changes hands. */
  readonly lastDay: Signal<string | null>;
  /** The page covers itself at once, whatever the station has said so far. */
  readonly isCovered: Signal<boolean>;
  /** Questions that are under way; tests wait for none. */
  readonly underway: ReadonlySignal<number>;
  readonly place: ReadonlySignal<Place>;
  readonly mayGoBack: ReadonlySignal<boolean>;
  hear(message: ServerMessage): void;
  lose(): void;
  go(place: Place): void;
  /** A tab: nothing to go back to. */
  start(place: Place): void;
  back(): void;
  has(right: Right): boolean;
  /** Asks and returns the answer; a refusal becomes a notice and `undefined`. */
  ask<A extends Ask>(ask: A): Promise<AnswerTo<A['do']> | undefined>;
  /** As `ask`, for whoever shows the refusal in a place of its own. */
  tryAsk<A extends Ask>(ask: A): Promise<AnswerTo<A['do']> | Refusal>;
  picture: DeskLink['picture'];
  staffDone(): void;
}

const HOME: Place = { page: 'today' };
const NO_ANSWER: Refusal = {
  refused: 'fault',
  words: both('common.no-answer'),
  waitS: null,
};

export function isRefusal(answer: unknown): answer is Refusal {
  return typeof answer === 'object' && answer !== null && 'refused' in answer;
}

export function createDesk(link: DeskLink, first: { readonly language: Language; readonly place: Place }): Desk {
  const status = signal<OperatorStatus | null>(null);
  const state = signal<DeskStatus | null>(null);
  const isAwaited = signal(false);
  const isLost = signal(false);
  const widthMm = signal(DEFAULT_WIDTH_MM);
  const trail = signal<readonly Place[]>(first.place.page === 'today' ? [HOME] : [HOME, first.place]);
  const notice = signal<Notice | null>(null);
  const filter = signal<Filter>('all');
  const scope = signal<Scope>({ kind: 'today' });
  const isCovered = signal(false);
  const underway = signal(0);

  /** What the last person at the desk was looking at is gone with them. */
  const forget = () => {
    trail.value = [HOME];
    notice.value = null;
    filter.value = 'all';
    scope.value = { kind: 'today' };
  };
  const move = (places: readonly Place[]) =>
    batch(() => {
      notice.value = null;
      trail.value = places;
    });

  async function tryAsk<A extends Ask>(ask: A): Promise<AnswerTo<A['do']> | Refusal> {
    underway.value += 1;
    try {
      return (await link.ask(ask)) ?? NO_ANSWER;
    } finally {
      underway.value -= 1;
    }
  }

  return {
    status,
    state,
    isAwaited,
    isLost,
    widthMm,
    language: signal(first.language),
    notice,
    filter,
    scope,
    lastDay: signal<string | null>(null),
    isCovered,
    underway,
    place: computed(() => trail.value.at(-1) ?? HOME),
    mayGoBack: computed(() => trail.value.length > 1),
    hear: (message) =>
      batch(() => {
        isLost.value = false;
        if (message.kind === 'screen') {
          isAwaited.value = message.screen.screen === 'staff';
          widthMm.value = message.widthMm;
        }
        if (message.kind !== 'operator') return;
        const was = state.value?.session?.staff;
        const is = message.desk.session?.staff;
        if (was !== undefined && was !== is) forget();
        if (was !== is) isCovered.value = false;
        status.value = message.status;
        state.value = message.desk;
      }),
    lose: () =>
      batch(() => {
        isLost.value = true;
        isAwaited.value = false;
        isCovered.value = false;
        status.value = null;
        state.value = null;
        forget();
      }),
    go: (place) => move([...trail.value, place]),
    start: (place) => move(place.page === 'today' ? [HOME] : [HOME, place]),
    back: () => move(trail.value.length > 1 ? trail.value.slice(0, -1) : trail.value),
    has: (right) => state.value?.session?.rights.includes(right) ?? false,
    async ask(ask) {
      const answer = await tryAsk(ask);
      if (!isRefusal(answer)) return answer;
      notice.value = { tone: 'refused', words: answer.words };
      return undefined;
    },
    tryAsk,
    picture: (token, which) => link.picture(token, which),
    staffDone: () => link.staffDone(),
  };
}
