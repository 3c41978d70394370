import type { ProgrammeInfo } from '../../kiosk/protocol.ts';
import { marked } from '../i18n/text.ts';

const PICTURES = ['card', 'shop', 'calendar', 'people', 'phone', 'shield'] as const;

/** A made-up programme whose words are those that the clips of the screens have. */
export const SAMPLE_PROGRAMME: ProgrammeInfo = {
  name: { th: 'โครงการตัวอย่าง', en: 'Sample programme' },
  explain: PICTURES.map((picture) => ({
    picture,
    words: { th: marked('th', `explain.${picture}`), en: marked('en', `explain.${picture}`) },
    audio: `explain.${picture}`,
  })),
  line: { name: 'อบต. ตัวอย่าง', qrText: 'https://line.me/R/ti/p/@sample' },
};
