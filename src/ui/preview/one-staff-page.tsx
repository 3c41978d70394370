import { signal } from '@preact/signals';
import type { ServerMessage } from '../../kiosk/protocol.ts';
import type { Language } from '../../visit/types.ts';
import { createDesk, type DeskLink } from '../desk/desk.ts';
import { DeskPage } from '../desk/desk-page.tsx';
import { StaffPage } from '../parts/staff-page.tsx';
import { SimulatorPage } from '../simulator/simulator-page.tsx';
import type { DeskState } from './desk-states.ts';
import cardFace from './face-card.svg';
import probeFace from './face-probe.svg';
import type { StaffState } from './staff-states.ts';
import { tapThrough } from './tap-through.ts';

const noAction = () => {};

/** One staff page with made-up data; its station answers, and forgets. */
export function createOneStaffPage(state: StaffState, asked: URLSearchParams) {
  const language: Language = asked.get('lang') === 'en' ? 'en' : 'th';
  return state.page === 'operator' ? createDeskPage(state, asked, language) : createSimulator(state, language);
}

function createDeskPage(state: DeskState, asked: URLSearchParams, language: Language) {
  const link: DeskLink = {
    ask: (async (ask) => state.answers(ask)) as DeskLink['ask'],
    picture: (_token, which) => (which === 'card' ? cardFace : probeFace),
    staffDone: noAction,
  };
  const desk = createDesk(link, { language, place: state.place });
  const widthMm = Number(asked.get('widthMm')) || 217;
  desk.hear(screenOf(state.isAwaited, widthMm));
  if (state.isLost) desk.lose();
  else if (state.status) {
    desk.hear({ kind: 'operator', status: state.status, desk: state.desk });
  }
  void tapThrough(state.taps, () => desk.underway.value === 0);
  // A test that looks at several glasses turns the page instead of loading it anew.
  Object.assign(globalThis, {
    turnGlass: (next: number) => {
      desk.hear(screenOf(state.isAwaited, next));
      if (state.isLost) desk.lose();
    },
    turnLanguage: (next: Language) => {
      desk.language.value = next;
    },
  });
  return () => (
    <StaffPage language={desk.language} page="operator">
      <DeskPage desk={desk} />
    </StaffPage>
  );
}

const PLAIN_AIDS = { audio: 'off', switches: 'off', switchPaceMs: 1_500, mayStandIn: false } as const;

function screenOf(isAwaited: boolean, widthMm: number): ServerMessage {
  const screen = isAwaited
    ? ({ screen: 'staff', receipt: null, nextStep: null } as const)
    : ({ screen: 'idle', expects: 'anybody' } as const);
  return { kind: 'screen', language: 'th', widthMm, place: 'station', aids: PLAIN_AIDS, screen };
}

function createSimulator(state: Extract<StaffState, { page: 'simulator' }>, first: Language) {
  const language = signal<Language>(first);
  return () => (
    <StaffPage language={language} page="simulator">
      <SimulatorPage
        world={state.world}
        status={state.status}
        screen={state.screen}
        isLost={false}
        kioskUrl={`?state=${state.screen.screen}&lang=${language.value}`}
        act={noAction}
        onLanguage={(chosen) => {
          language.value = chosen;
        }}
      />
    </StaffPage>
  );
}
