import { makeCardImage } from './card-image.ts';
import { citizenNumber } from './fixtures.ts';
import type { VirtualCardOptions } from './virtual-card.ts';

/** The card of somebody of a made-up list. Days `YYYY-MM-DD`, as a calendar in Thailand shows them. */
export interface HolderCard {
  readonly citizenNumber: string;
  readonly name: { readonly title: string; readonly given: string; readonly family: string };
  /** Common era. */
  readonly bornYear: number;
  readonly isMan: boolean;
  readonly issued: string;
  /** `null` = lifetime. */
  readonly expires: string | null;
  /** The chip answers nothing. */
  readonly isMute: boolean;
}

const ATR = Uint8Array.from(Buffer.from('3b799600005448204e4944203137', 'hex'));
/** Far behind the numbers of the demonstration's own cards. */
const FIRST = 1_000;

/** The number of the n-th person of a list, from 0: given to nobody, with a right check digit. */
export const holderNumber = (index: number): string => citizenNumber(FIRST + index);

/** Somebody's card, ready for `new VirtualCard(…)`. @param photoJpeg at most 5118 bytes */
export function makeHolderCard(card: HolderCard, photoJpeg: Uint8Array, wireSpeed: boolean): VirtualCardOptions {
  const { title, given, family } = card.name;
  const image = makeCardImage({
    citizenNumber: card.citizenNumber,
    nameThai: `${title}#${given}##${family}`,
    nameEnglish: `${card.isMan ? 'Mr.' : 'Mrs.'}#Tuayang##Somsong`,
    birth: `${card.bornYear + 543}0000`,
    sex: card.isMan ? '1' : '2',
    issuer: 'ท้องถิ่นตัวอย่าง/จังหวัดทดสอบ',
    issued: onChip(card.issued),
    expires: card.expires === null ? '99999999' : onChip(card.expires),
    address: '123#หมู่ที่ 4####ตำบลทดสอบ#อำเภอตัวอย่าง#จังหวัดสมมุติ',
    requestNumber: '90010000010115',
    photoJpeg,
  });
  const faults = card.isMute ? { muteAt: 1 } : {};
  return { atr: ATR, image, applet: 'thai-id', answers: 't0', getResponseP2: 0, wireSpeed, faults };
}

/** `YYYYMMDD` of the Buddhist era. */
function onChip(day: string): string {
  return `${Number(day.slice(0, 4)) + 543}${day.slice(5, 7)}${day.slice(8, 10)}`;
}
