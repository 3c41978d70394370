import type { Entry } from './command.ts';

/** The server's side. */
export const HUB_COMMANDS: readonly Entry[] = [
  {
    name: 'hub keys',
    summary: {
      en: "Make the server's keys, and the trust file for stations",
      th: 'สร้างกุญแจของเซิร์ฟเวอร์ และไฟล์ความเชื่อถือสำหรับสถานี',
    },
    load: async () => (await import('./hub-commands.ts')).hubKeysCommand,
  },
  {
    name: 'hub register',
    summary: { en: "Register a station's public key at the server", th: 'ลงทะเบียนกุญแจของสถานีที่เซิร์ฟเวอร์' },
    load: async () => (await import('./hub-commands.ts')).hubRegisterCommand,
  },
  {
    name: 'hub revoke',
    summary: { en: "Refuse a station's keys from a time on", th: 'เลิกเชื่อกุญแจของสถานีตั้งแต่เวลาที่กำหนด' },
    load: async () => (await import('./hub-commands.ts')).hubRevokeCommand,
  },
  {
    name: 'hub stations',
    summary: { en: 'List the registered stations and their keys', th: 'แสดงสถานีที่ลงทะเบียนและกุญแจ' },
    load: async () => (await import('./hub-commands.ts')).hubStationsCommand,
  },
  {
    name: 'hub orders',
    summary: { en: 'Seal a work order to a station, sign it, tell the station', th: 'เข้ารหัสและลงนามใบงานถึงสถานี' },
    load: async () => (await import('./hub-orders-commands.ts')).hubOrdersCommand,
  },
  {
    name: 'hub progress',
    summary: {
      en: 'Put what all stations have done into the next revision of a work order',
      th: 'รวมผลจากทุกสถานีลงในใบงานฉบับถัดไป',
    },
    load: async () => (await import('./hub-progress-command.ts')).hubProgressCommand,
  },
  {
    name: 'hub serve-orders',
    summary: { en: 'Serve sealed work orders to stations', th: 'เปิดให้สถานีดึงใบงานที่เข้ารหัสแล้ว' },
    load: async () => (await import('./hub-orders-commands.ts')).hubServeOrdersCommand,
  },
  {
    name: 'hub ingest',
    summary: { en: 'Take results from the broker into the database', th: 'รับผลจาก broker ลงฐานข้อมูล' },
    load: async () => (await import('./hub-run-commands.ts')).hubIngestCommand,
  },
  {
    name: 'hub import',
    summary: { en: 'Take in what was carried by stick, and sign for it', th: 'รับผลที่นำมาด้วยแฟลชไดรฟ์ และออกใบตอบรับ' },
    load: async () => (await import('./hub-run-commands.ts')).hubImportCommand,
  },
  {
    name: 'hub receipt-trust',
    summary: { en: 'Sign the list of stations whose receipts are believed', th: 'ออกรายชื่อสถานีที่ใบรับเชื่อถือได้' },
    load: async () => (await import('./hub-receipt-trust-command.ts')).hubReceiptTrustCommand,
  },
  {
    name: 'hub receipt',
    summary: { en: 'Sign that one event is held', th: 'ออกใบรับว่าเซิร์ฟเวอร์มีข้อมูลรายการนี้' },
    load: async () => (await import('./hub-receipt-command.ts')).hubReceiptCommand,
  },
  {
    name: 'hub vault',
    summary: { en: "Open sealed results with the programme's key", th: 'เปิดผลที่เข้ารหัสด้วยกุญแจของโครงการ' },
    load: async () => (await import('./hub-run-commands.ts')).hubVaultCommand,
  },
];
