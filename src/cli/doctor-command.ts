import { examine } from '../station/doctor.ts';
import { dataDirOf } from '../station/paths.ts';
import { type Command, DATA_OPTION, JSON_OPTION } from './command.ts';

export const doctorCommand: Command = {
  name: 'doctor',
  usage: 'doctor [--data DIR] [--json]',
  options: { data: DATA_OPTION, json: JSON_OPTION },
  hasPositionals: false,
  async run(input, output) {
    const findings = await examine(dataDirOf(input.text('data')), input.signal);
    const isWell = findings.every(({ state }) => state === 'ready' || state === 'degraded');
    if (input.isJson) output.data(JSON.stringify({ ok: isWell, parts: findings }));
    else
      for (const { part, state, name, detail, fault } of findings) {
        output.data(`${state.padEnd(9)} ${part.padEnd(12)} ${name}: ${detail}`);
        if (!fault) continue;
        output.data(`          ${fault.code}: ${fault.cause.th} → ${fault.mend.th}`);
        output.data(`          ${fault.cause.en}. ${fault.mend.en}.`);
      }
    return isWell ? 0 : 1;
  },
};
