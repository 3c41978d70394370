import { type CheckResult, ingestKit, type Kit, stationKit } from '../station/conformance-tools.ts';
import { dataDirOf } from '../station/paths.ts';
import { type Command, type CommandInput, DATA_OPTION, JSON_OPTION, type Output, usage } from './command.ts';

const SHARED = {
  broker: { type: 'string', value: 'URL', help: 'Broker, mqtt:// or mqtts:// (needed)' },
  keys: { type: 'string', value: 'DIR', help: 'Folder for the test keys of this kit (needed)' },
  wait: { type: 'string', value: 'S', help: 'Seconds that one answer may take (default: 10)' },
  data: {
    ...DATA_OPTION,
    help: 'Data folder whose settings say how to reach the broker: user, password, certificates',
  },
  json: JSON_OPTION,
} as const satisfies Command['options'];

export const conformanceIngestCommand: Command = {
  name: 'conformance ingest',
  usage: 'conformance ingest --broker URL --keys DIR [--station ID] [--wait S] [--data DIR] [--json]',
  options: { ...SHARED, station: { type: 'string', value: 'ID', help: 'Station to play (default: st-conformance)' } },
  hasPositionals: false,
  async run(input, output) {
    const station = input.text('station') ?? 'st-conformance';
    return judge(ingestKit({ ...kitOptions(conformanceIngestCommand, input), station }), input, output, {
      en: "Register this station with the ingest and lay the server's trust file at",
      th: 'ลงทะเบียนสถานีนี้กับเซิร์ฟเวอร์ แล้ววางไฟล์กุญแจของเซิร์ฟเวอร์ที่',
    });
  },
};

export const conformanceStationCommand: Command = {
  name: 'conformance station',
  usage: 'conformance station --broker URL --keys DIR FILE [--events N] [--resend S] [--wait S] [--data DIR] [--json]',
  options: {
    ...SHARED,
    events: { type: 'string', value: 'N', help: 'Events to wait for (default: 2)' },
    resend: { type: 'string', value: 'S', help: 'Seconds after which the station sends again (default: 90)' },
  },
  hasPositionals: true,
  async run(input, output) {
    const kit = stationKit({
      ...kitOptions(conformanceStationCommand, input),
      file: input.positionals[0],
      events: input.whole('events', 2, 1, 10_000),
      resendMs: input.whole('resend', 90, 1, 3_600) * 1000,
    });
    return judge(kit, input, output, {
      en: 'Let the station trust these keys (identity trust), and name the file with its own (identity show):',
      th: 'ให้สถานีเชื่อกุญแจเหล่านี้ (identity trust) แล้วระบุไฟล์กุญแจของสถานี (identity show):',
    });
  },
};

function kitOptions(command: Command, input: CommandInput) {
  const [broker, dir] = [input.text('broker'), input.text('keys')];
  if (broker === undefined || dir === undefined) throw usage(command, '--broker and --keys are needed');
  return { broker, dir, dataDir: dataDirOf(input.text('data')), waitMs: input.whole('wait', 10, 1, 3_600) * 1000 };
}

/** @returns 0 when every check passed, 2 when keys have to be exchanged first */
async function judge(
  kit: Kit,
  input: CommandInput,
  output: Output,
  next: { readonly en: string; readonly th: string },
): Promise<number> {
  if (kit.kind === 'keys-missing') {
    output.data(kit.handOver);
    output.note(`${next.en} ${kit.file}\n${next.th} ${kit.file}`);
    return 2;
  }
  const all: CheckResult[] = [];
  for await (const result of kit.run(input.signal)) {
    all.push(result);
    if (!input.isJson) tell(result, output);
  }
  const failed = all.filter(({ verdict }) => verdict === 'failed').length;
  if (input.isJson) output.data(JSON.stringify({ passed: all.length - failed, failed, checks: all }));
  else output.note(`${all.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function tell({ id, verdict, says, clauses, detail }: CheckResult, output: Output): void {
  output.data(`${verdict}  ${id.padEnd(13)} ${says.en} · ${says.th} (${clauses.join(', ')})`);
  if (detail !== '') output.data(`        ${detail}`);
}
