import type { OperatorStatus, PartStatus } from '../../kiosk/protocol.ts';

/** Health of a made-up station: all well, and in trouble. */
export const SINCE = '2025-01-15T08:30:00+07:00';

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
const NO_READER = {
  code: 'READER_MISSING',
  cause: { th: 'ไม่พบเครื่องอ่านบัตร', en: 'No card reader found' },
  mend: { th: 'ถอดแล้วเสียบใหม่', en: 'Unplug the reader and plug it in again' },
};
const NO_BROKER = {
  code: 'BROKER_UNREACHABLE',
  cause: { th: 'ยังส่งข้อมูลไม่ได้', en: 'The broker cannot be reached' },
  mend: { th: 'ทำงานต่อได้ ข้อมูลจะส่งเมื่อมีเครือข่าย', en: 'Work on: results are kept and sent later' },
};

const STATION = { station: 'TB-0001', version: '0.1.0' } as const;

export const FINE: OperatorStatus = {
  ...STATION,
  parts: ['card-reader', 'camera', 'face', 'journal', 'uplink', 'clock', 'disk'].map((name) =>
    part(name, 'ready', name, null),
  ),
  unsent: { count: 0, oldestAgeS: 0 },
  visitFault: null,
};

export const TROUBLED: OperatorStatus = {
  ...STATION,
  parts: [
    part('card-reader', 'missing', 'pcsc', NO_READER),
    part('code-scanner', 'missing', 'hid', null),
    part('camera', 'faulty', '/dev/video0', STALLED),
    part('face', 'ready', 'onnx', null),
    part('uplink', 'degraded', 'mqtt', NO_BROKER),
  ],
  unsent: { count: 12, oldestAgeS: 7_800 },
  visitFault: STALLED,
};
