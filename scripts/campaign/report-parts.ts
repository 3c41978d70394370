import type { Block, Column } from '../../src/paper/blocks.ts';
import type { Words } from '../../src/visit/reasons.ts';
import type { Findings } from './checks.ts';
import type { Play } from './play.ts';
import type { CampaignResult } from './run-campaign.ts';

/** What a report is made of. */
export interface ReportOf {
  readonly result: CampaignResult;
  readonly findings: Findings;
  readonly play: Play;
}

/** A heading of a part. */
export const heading = (th: string, en: string): Block => ({ kind: 'heading', level: 2, words: { th, en } });
export const fact = (th: string, en: string, value: string | number) => ({ label: { th, en }, value: String(value) });
export const column = (th: string, en: string, share: number, align: Column['align'] = 'right'): Column => ({
  head: { th, en },
  share,
  align,
});
/** In both languages, on one line. */
export const said = ({ th, en }: Words) => `${th} · ${en}`;
