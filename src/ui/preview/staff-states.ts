import type { CitizenScreen, OperatorStatus, PartStatus, SimulatorState } from '../../kiosk/protocol.ts';

const SINCE = '2025-01-15T08:30:00+07:00';

const part = (part: string, state: PartStatus['state'], name: string, fault: PartStatus['fault']): PartStatus => ({
  part,
  state,
  name,
  since: SINCE,
  fault,
});

const STALLED = {
  code: 'CAMERA_STALLED',
  cause: { th: 'กล้องหยุดส่งภาพ', en: 'The camera stopped sending pictures' },
  mend: { th: 'รอสักครู่ ระบบกำลังเริ่มกล้องใหม่', en: 'Wait: the camera is being restarted' },
};
const NO_BROKER = {
  code: 'BROKER_UNREACHABLE',
  cause: { th: 'ยังส่งข้อมูลไม่ได้', en: 'The broker cannot be reached' },
  mend: { th: 'ทำงานต่อได้ ข้อมูลจะส่งเมื่อมีเครือข่าย', en: 'Work on: results are kept and sent later' },
};

const STATION = { station: 'TB-0001', version: '0.1.0' } as const;

const FINE: OperatorStatus = {
  ...STATION,
  parts: ['card-reader', 'camera', 'face', 'journal', 'uplink', 'clock', 'disk'].map((name) =>
    part(name, 'ready', name, null),
  ),
  unsent: { count: 0, oldestAgeS: 0 },
  visitFault: null,
};

const TROUBLED: OperatorStatus = {
  ...STATION,
  parts: [
    part('card-reader', 'missing', 'pcsc', null),
    part('camera', 'faulty', '/dev/video0', STALLED),
    part('face', 'ready', 'onnx', null),
    part('uplink', 'degraded', 'mqtt', NO_BROKER),
  ],
  unsent: { count: 12, oldestAgeS: 7_800 },
  visitFault: STALLED,
};

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
  | {
      readonly page: 'operator';
      readonly status: OperatorStatus | null;
      readonly isAwaited: boolean;
      readonly isLost: boolean;
    }
  | {
      readonly page: 'simulator';
      readonly status: OperatorStatus;
      readonly world: SimulatorState;
      readonly screen: CitizenScreen;
    };

/** The pages for staff, with made-up data. */
export const PREVIEW_STAFF: Readonly<Record<string, StaffState>> = {
  'operator-waiting': { page: 'operator', status: null, isAwaited: false, isLost: false },
  'operator-fine': { page: 'operator', status: FINE, isAwaited: false, isLost: false },
  'operator-awaited': { page: 'operator', status: TROUBLED, isAwaited: true, isLost: false },
  'operator-lost': { page: 'operator', status: FINE, isAwaited: false, isLost: true },
  'simulator-start': {
    page: 'simulator',
    status: FINE,
    world: { ...WORLD, inserted: null, face: null, outcomes: [] },
    screen: { screen: 'idle', expects: 'anybody' },
  },
  'simulator-visit': { page: 'simulator', status: TROUBLED, world: WORLD, screen: { screen: 'checking' } },
};
