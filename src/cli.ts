import { type Entry, helpOf, type Output, readInput } from './cli/command.ts';
import { HUB_COMMANDS } from './cli/hub-command-list.ts';
import { asFault, StationFault } from './shared/fault.ts';
import { FAULTS } from './shared/faults.ts';
import { VERSION } from './station/version.ts';

const COMMANDS: readonly Entry[] = [
  {
    name: 'station',
    summary: { en: 'Run the station until SIGTERM or Ctrl-C', th: 'เปิดสถานีจนกว่าจะสั่งหยุด' },
    load: async () => (await import('./cli/station-command.ts')).stationCommand,
  },
  {
    name: 'doctor',
    summary: { en: 'Examine every part: state, cause, mend', th: 'ตรวจอุปกรณ์ทุกชิ้น บอกสาเหตุและวิธีแก้' },
    load: async () => (await import('./cli/doctor-command.ts')).doctorCommand,
  },
  {
    name: 'card read',
    summary: { en: 'Read the Thai ID card in the reader', th: 'อ่านบัตรประชาชนในเครื่องอ่าน' },
    load: async () => (await import('./cli/card-command.ts')).cardReadCommand,
  },
  {
    name: 'face compare',
    summary: { en: 'Compare pictures of faces with the shipped pipeline', th: 'เปรียบเทียบภาพใบหน้า' },
    load: async () => (await import('./cli/face-commands.ts')).faceCompareCommand,
  },
  {
    name: 'face score',
    summary: { en: 'Score many pairs of pictures', th: 'ให้คะแนนภาพหลายคู่' },
    load: async () => (await import('./cli/face-commands.ts')).faceScoreCommand,
  },
  {
    name: 'models list',
    summary: {
      en: 'List the face models in use, their licences and thresholds',
      th: 'แสดงโมเดลใบหน้าที่ใช้อยู่ สัญญาอนุญาต และเกณฑ์',
    },
    load: async () => (await import('./cli/models-commands.ts')).modelsListCommand,
  },
  {
    name: 'models check',
    summary: { en: 'Check a folder of models: hashes, load, shapes, self-test', th: 'ตรวจโฟลเดอร์โมเดลทุกไฟล์' },
    load: async () => (await import('./cli/models-commands.ts')).modelsCheckCommand,
  },
  {
    name: 'models use',
    summary: { en: 'Make a folder of models the one that the station uses', th: 'ให้สถานีใช้โมเดลจากโฟลเดอร์นี้' },
    load: async () => (await import('./cli/models-commands.ts')).modelsUseCommand,
  },
  {
    name: 'models calibrate',
    summary: { en: 'Fit the thresholds to your own pictures of people', th: 'กำหนดเกณฑ์จากภาพของหน่วยงานเอง' },
    load: async () => (await import('./cli/models-calibrate-command.ts')).modelsCalibrateCommand,
  },
  {
    name: 'face light',
    summary: {
      en: "What this station's own light is known to be, or forget it",
      th: 'ดูหรือลืมค่าแสงปกติของสถานีนี้ที่ใช้ตรวจภาพปลอม',
    },
    load: async () => (await import('./cli/light-command.ts')).faceLightCommand,
  },
  {
    name: 'visit simulate',
    summary: {
      en: 'Play one whole visit on simulated hardware, real store and real broker',
      th: 'จำลองการรับบริการหนึ่งครั้ง',
    },
    load: async () => (await import('./cli/visit-command.ts')).visitSimulateCommand,
  },
  {
    name: 'simulate',
    summary: { en: 'Run one simulator alone, to develop without hardware', th: 'เปิดตัวจำลองอุปกรณ์ทีละตัว' },
    load: async () => (await import('./cli/simulate-command.ts')).simulateCommand,
  },
  {
    name: 'journal verify',
    summary: { en: 'Check that nothing in the journal is missing or changed', th: 'ตรวจว่าสมุดบันทึกครบและไม่ถูกแก้' },
    load: async () => (await import('./cli/journal-commands.ts')).journalVerifyCommand,
  },
  {
    name: 'journal list',
    summary: { en: 'List the events of the journal', th: 'แสดงรายการในสมุดบันทึก' },
    load: async () => (await import('./cli/journal-commands.ts')).journalListCommand,
  },
  {
    name: 'journal export',
    summary: { en: 'Write what the server does not have yet to a stick', th: 'ส่งออกผลที่ยังไม่ถึงเซิร์ฟเวอร์ลงแฟลชไดรฟ์' },
    load: async () => (await import('./cli/journal-carry-commands.ts')).journalExportCommand,
  },
  {
    name: 'journal import-ack',
    summary: { en: "Take the server's answer to an export", th: 'รับคำตอบของเซิร์ฟเวอร์ต่อผลที่ส่งออก' },
    load: async () => (await import('./cli/journal-carry-commands.ts')).journalImportAckCommand,
  },
  {
    name: 'journal recover',
    summary: { en: 'Export what can be read of journals that were set aside', th: 'กู้ผลจากสมุดบันทึกที่ถูกเก็บแยกไว้' },
    load: async () => (await import('./cli/journal-carry-commands.ts')).journalRecoverCommand,
  },
  {
    name: 'orders import',
    summary: { en: 'Take over work orders from a stick or a file', th: 'รับใบงานจากแฟลชไดรฟ์หรือไฟล์' },
    load: async () => (await import('./cli/orders-commands.ts')).ordersImportCommand,
  },
  {
    name: 'orders show',
    summary: { en: 'Counts of the work orders by list and village, no names', th: 'แสดงจำนวนในใบงานแยกตามหมู่บ้าน ไม่มีชื่อ' },
    load: async () => (await import('./cli/orders-commands.ts')).ordersShowCommand,
  },
  {
    name: 'orders forget',
    summary: { en: 'Forget work orders; results that were recorded stay', th: 'ลบใบงานออกจากเครื่อง ผลที่บันทึกแล้วยังอยู่' },
    load: async () => (await import('./cli/orders-commands.ts')).ordersForgetCommand,
  },
  {
    name: 'identity show',
    summary: { en: 'Print what a server has to know of this station: its public key', th: 'แสดงกุญแจสาธารณะของสถานีนี้' },
    load: async () => (await import('./cli/identity-commands.ts')).identityShowCommand,
  },
  {
    name: 'identity trust',
    summary: { en: "Take over the server's public keys from a file", th: 'รับกุญแจสาธารณะของเซิร์ฟเวอร์จากไฟล์' },
    load: async () => (await import('./cli/identity-commands.ts')).identityTrustCommand,
  },
  {
    name: 'staff add',
    summary: { en: 'Enter somebody who may work at this station', th: 'เพิ่มผู้ปฏิบัติงานของสถานีนี้' },
    load: async () => (await import('./cli/staff-commands.ts')).staffAddCommand,
  },
  {
    name: 'staff list',
    summary: { en: 'List who may work at this station', th: 'แสดงผู้ปฏิบัติงานของสถานีนี้' },
    load: async () => (await import('./cli/staff-commands.ts')).staffListCommand,
  },
  {
    name: 'staff remove',
    summary: { en: 'Let somebody sign in no more', th: 'นำผู้ปฏิบัติงานออก' },
    load: async () => (await import('./cli/staff-commands.ts')).staffRemoveCommand,
  },
  {
    name: 'receipt trust',
    summary: {
      en: "Take over the server's list of stations whose receipts are believed here",
      th: 'รับรายชื่อสถานีที่เชื่อถือใบรับได้จากเซิร์ฟเวอร์',
    },
    load: async () => (await import('./cli/receipt-command.ts')).receiptTrustCommand,
  },
  {
    name: 'receipt verify',
    summary: { en: 'Say whether a receipt is genuine', th: 'ตรวจว่าใบรับเป็นของจริงหรือไม่' },
    load: async () => (await import('./cli/receipt-command.ts')).receiptVerifyCommand,
  },
  {
    name: 'conformance ingest',
    summary: { en: 'Hold an ingest server to the protocol, playing a station', th: 'ตรวจเซิร์ฟเวอร์ว่าทำตามข้อตกลงหรือไม่' },
    load: async () => (await import('./cli/conformance-commands.ts')).conformanceIngestCommand,
  },
  {
    name: 'conformance station',
    summary: { en: 'Hold a station to the protocol, playing a server', th: 'ตรวจสถานีว่าทำตามข้อตกลงหรือไม่' },
    load: async () => (await import('./cli/conformance-commands.ts')).conformanceStationCommand,
  },
  {
    name: 'udev',
    summary: { en: 'Print the udev rules that this station needs', th: 'แสดงกฎ udev ของสถานีนี้' },
    load: async () => (await import('./cli/udev-command.ts')).udevCommand,
  },
  {
    name: 'config show',
    summary: { en: 'Print the settings in force, defaults included', th: 'แสดงค่าที่ใช้อยู่' },
    load: async () => (await import('./cli/config-command.ts')).configShowCommand,
  },
  {
    name: 'config schema',
    summary: { en: 'Print the JSON Schema of settings.json', th: 'แสดง JSON Schema ของไฟล์ตั้งค่า' },
    load: async () => (await import('./cli/config-command.ts')).configSchemaCommand,
  },
  ...HUB_COMMANDS,
];

const EXIT_FAULT = 2;

const output: Output = {
  data: (text) => process.stdout.write(`${text}\n`),
  note: (text) => process.stderr.write(`${text}\n`),
};

function overview(): string {
  const rows = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(18)}${summary.en} · ${summary.th}`);
  return `thuengban ${VERSION}: shared scanning station\n\nUsage: thuengban COMMAND [OPTIONS]\n\n${rows.join('\n')}\n\nthuengban COMMAND --help tells the options of a command.\n`;
}

/** Tells a fault: as data with `--json`, in words otherwise. Only what the fault's own message says, never personal data. */
function tell(fault: StationFault, isJson: boolean): void {
  const { cause, mend } = FAULTS[fault.code];
  if (isJson)
    output.data(JSON.stringify({ fault: { code: fault.code, message: fault.message, part: fault.part, cause, mend } }));
  else
    output.note(`${fault.code}: ${cause.en} (${fault.part}: ${fault.message})\n${mend.en}.\n${cause.th} → ${mend.th}`);
}

async function main(args: readonly string[]): Promise<number> {
  if (args[0] === '--version') {
    output.data(VERSION);
    return 0;
  }
  const entry = COMMANDS.find(({ name }) => args.slice(0, name.split(' ').length).join(' ') === name);
  if (!entry) {
    const isAsked = args.length === 0 || args.includes('--help') || args[0] === 'help';
    if (isAsked) output.data(overview());
    else
      tell(
        new StationFault('USAGE', 'thuengban', `no such command: ${args.slice(0, 2).join(' ')}; see thuengban --help`),
        args.includes('--json'),
      );
    return isAsked ? 0 : EXIT_FAULT;
  }
  const command = await entry.load();
  const rest = args.slice(command.name.split(' ').length);
  if (rest.includes('--help')) {
    output.data(helpOf(command, entry.summary));
    return 0;
  }
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  try {
    return await command.run(readInput(command, rest, stop.signal), output);
  } catch (error) {
    if (stop.signal.aborted) return EXIT_FAULT;
    tell(asFault(error, 'INTERNAL', command.name), rest.includes('--json'));
    return EXIT_FAULT;
  }
}

process.exitCode = await main(process.argv.slice(2));
