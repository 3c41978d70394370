import { citizenEn } from '../../src/ui/i18n/citizen-en.ts';
import { citizenTh } from '../../src/ui/i18n/citizen-th.ts';

/** One clip to record. */
export interface ClipLine {
  /** Message id, and the file's name without its ending. */
  readonly id: string;
  readonly th: string;
  readonly en: string;
}

/** Words that are read by eye alone: names of buttons in the edge's short form, and what holds a figure. */
const NOT_HEARD = /^(language\.|step\.|tool\.page|tool\.stand-in|.*-short$)/;

/** Every message of the citizen's screens that is heard, in the order of the screens. */
export const CLIP_LINES: readonly ClipLine[] = (Object.keys(citizenTh) as (keyof typeof citizenTh)[])
  .filter((id) => !NOT_HEARD.test(id) && !citizenTh[id].includes('{'))
  .map((id) => ({ id, th: plain(citizenTh[id]), en: plain(citizenEn[id]) }));

function plain(sentence: string): string {
  return sentence.replaceAll('|', '').replace(/\s+/g, ' ').trim();
}
