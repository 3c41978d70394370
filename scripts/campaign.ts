/**
 * `npm run campaign [-- --seed N] [--people N] [--villages N] [--days N] [--out DIR] [--wire-speed] [--json]`: a whole campaign of home
 * visits with one borrowed station and two operators, played against the real programs: server, broker, database, station with its
 * models and pages. The same seed makes the same people and troubles. Ends with 0 only when every check holds.
 */
import { parseArgs } from 'node:util';
import { runCampaign } from './campaign/run-campaign.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '6' },
    people: { type: 'string', default: '124' },
    villages: { type: 'string', default: '85' },
    days: { type: 'string', default: '5' },
    out: { type: 'string', default: 'campaign' },
    short: { type: 'boolean', default: false },
    'wire-speed': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const { result, findings } = await runCampaign({
  seed: Number(values.seed),
  people: Number(values.people),
  villages: Number(values.villages),
  days: Number(values.days),
  out: values.out,
  isShort: values.short,
  isWireSpeed: values['wire-speed'],
  note: (text) => process.stderr.write(`${text}\n`),
});
for (const { id, isWell, detail } of findings.checks)
  process.stderr.write(`${isWell ? 'well ' : 'NOT  '} ${id}: ${detail}\n`);
process.stdout.write(`${values.json ? JSON.stringify(result) : JSON.stringify(result, null, 2)}\n`);
process.exitCode = result.reconciled ? 0 : 1;
