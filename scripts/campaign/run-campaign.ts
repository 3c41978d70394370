import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openPress } from '../../src/paper/drivers/press/press.ts';
import type { OutcomeKind } from '../../src/visit/types.ts';
import { campaignDays } from './calendar.ts';
import { checkAll, type Findings } from './checks.ts';
import { htmlOf } from './html.ts';
import { livesOf, troublesOf } from './lives.ts';
import { Play } from './play.ts';
import { playDay } from './play-day.ts';
import { campaignReport } from './report.ts';
import { openSetting } from './setting.ts';

export interface CampaignOptions {
  readonly seed: number;
  readonly people: number;
  readonly villages: number;
  readonly days: number;
  /** Folder of the report. */
  readonly out: string;
  readonly isShort: boolean;
  readonly isWireSpeed: boolean;
  readonly note: (text: string) => void;
}

export interface CampaignResult {
  readonly seed: number;
  readonly people: number;
  readonly villages: number;
  readonly visits: number;
  readonly outcomes: Readonly<Record<OutcomeKind, number>>;
  readonly events: number;
  readonly receipts: number;
  readonly reconciled: boolean;
  readonly seconds: number;
}

/** Photographs of people that the demonstration has. */
const FACES = 4;

/** Plays a campaign from the server's keys to the report. @throws Error when something cannot be played at all */
export async function runCampaign(options: CampaignOptions): Promise<{
  readonly result: CampaignResult;
  readonly findings: Findings;
  readonly play: Play;
}> {
  const startedAt = performance.now();
  const { seed, people, villages, note, isShort, isWireSpeed } = options;
  const days = campaignDays(options.days, new Date());
  await using setting = await openSetting({ seed, people, villages, days, isShort });
  const lives = livesOf(seed, setting.order.people, FACES);
  const troubles = troublesOf(people, days.length);
  note(`seed ${seed}: ${people} people, ${villages} villages, ${days[0]} to ${days.at(-1)}, ${setting.databaseKind}`);
  await using play = new Play({ setting, days, lives, troubles, isWireSpeed, isSmall: isShort, note });
  for (const day of days.keys()) await playDay(play, day + 1);
  const findings = await checkAll(play);
  const { visits, outcomes, events, receipts } = findings;
  const reconciled = findings.checks.every(({ isWell }) => isWell);
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  const result = { seed, people, villages, visits, outcomes, events, receipts, reconciled, seconds };
  const doc = campaignReport({ result, findings, play });
  mkdirSync(options.out, { recursive: true });
  writeFileSync(join(options.out, 'campaign.pdf'), await openPress().pdf(doc));
  writeFileSync(join(options.out, 'campaign.html'), htmlOf(doc));
  note(`report in ${options.out}`);
  return { result, findings, play };
}
