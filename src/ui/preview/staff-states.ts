import type { CitizenScreen, OperatorStatus, SimulatorState } from '../../kiosk/protocol.ts';
import { DESK_STATES, type DeskState } from './desk-states.ts';
import { FINE, SINCE, TROUBLED } from './staff-statuses.ts';

const WORLD: SimulatorState = {
  people: [
    { id: 'a', label: { th: 'ตัวอย่าง ก · บัตรปกติ', en: 'Sample A · card in order' } },
    { id: 'b', label: { th: 'ตัวอย่าง ข · บัตรหมดอายุ', en: 'Sample B · card expired' } },
  ],
  faces: [
    { id: 'a', label: { th: 'ใบหน้า ก', en: 'Face A' } },
    { id: 'x', label: { th: 'คนอื่น', en: 'Somebody else' } },
  ],
  inserted: 'a',
  face: 'a',
  presentation: 'living',
  cameraPlugged: true,
  simulated: { card: true, camera: true },
  outcomes: [
    { at: SINCE, outcome: 'undetermined', eventId: '01946800-0000-7000-8000-000000000002', published: false },
    { at: SINCE, outcome: 'verified', eventId: '01946800-0000-7000-8000-000000000001', published: true },
  ],
};

export type StaffState =
  | DeskState
  | {
      readonly page: 'simulator';
      readonly status: OperatorStatus;
      readonly world: SimulatorState;
      readonly screen: CitizenScreen;
    };

/** The pages for staff, with made-up data. */
export const PREVIEW_STAFF: Readonly<Record<string, StaffState>> = {
  ...DESK_STATES,
  'simulator-start': {
    page: 'simulator',
    status: FINE,
    world: { ...WORLD, inserted: null, face: null, outcomes: [] },
    screen: { screen: 'idle', expects: 'anybody' },
  },
  'simulator-visit': { page: 'simulator', status: TROUBLED, world: WORLD, screen: { screen: 'checking' } },
};
