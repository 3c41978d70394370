import type { CitizenModel, CitizenView, Sheet } from '../citizen-view.ts';
import { CARD_IDS } from '../sheets/card-ids.ts';
import { SAMPLE_PROGRAMME } from './sample-programme.ts';

import { SAMPLE_RECEIPT } from './sample-receipt.ts';

const RECEIPT = { code: '7KQ2-M8XD', qrText: SAMPLE_RECEIPT } as const;
const CAPTURE = { screen: 'capture', attempt: 1, attemptsAllowed: 3, cardProgress: 1, dignityLeftS: null } as const;
const AT_BED = { ...CAPTURE, attemptsAllowed: 2, hint: null, framed: false } as const;
const FACE = { id: 'face-comparison' } as const;
const SHARE = {
  id: 'share-with-hospital',
  words: {
    th: 'ให้โรงพยาบาลตำบลรู้ว่าท่านได้รับสิทธิ์แล้ว เพื่อนัดเยี่ยมบ้าน',
    en: 'Let the tambon hospital know that you are served, to plan home visits',
  },
} as const;

/** What a state shows, over the page as it is at first. */
export type PreviewState = Pick<CitizenModel, 'view'> & Partial<CitizenModel>;

const at = (view: CitizenView): PreviewState => ({ view });
const bedside = (view: CitizenView): PreviewState => ({ view, place: 'bedside' });
const sheet = (sheet: Sheet, view: CitizenView = { screen: 'idle', expects: 'anybody' }): PreviewState => ({
  view,
  sheet,
});

/** Every citizen screen in every state, with made-up data; the screenshot test goes through all of them. */
export const PREVIEW_STATES: Readonly<Record<string, PreviewState>> = {
  connecting: at({ screen: 'connecting' }),
  idle: at({ screen: 'idle', expects: 'anybody' }),
  'idle-representative': at({ screen: 'idle', expects: 'representative' }),
  'idle-speaking': { view: { screen: 'idle', expects: 'anybody' }, voice: 'stand-in' },
  'reinsert-chip-up': at({ screen: 'reinsert', ask: 'chip-up' }),
  'reinsert-thai-id': at({ screen: 'reinsert', ask: 'thai-id' }),
  'reading-asked': at({ screen: 'reading', progress: 0.35, consent: 'asked', purpose: FACE }),
  'reading-purpose': at({ screen: 'reading', progress: 1, consent: 'asked', purpose: SHARE }),
  'reading-given': at({ screen: 'reading', progress: 0.6, consent: 'given', purpose: FACE }),
  'capture-start': at({ ...CAPTURE, hint: null, framed: false, cardProgress: 0.7 }),
  'capture-closer': at({ ...CAPTURE, hint: 'come-closer', framed: false, cardProgress: 0.9 }),
  'capture-one-person': at({ ...CAPTURE, hint: 'one-person', framed: false }),
  'capture-less-light': at({ ...CAPTURE, hint: 'less-light', framed: false, cardProgress: 0.9 }),
  'capture-from-light': at({ ...CAPTURE, hint: 'turn-from-light', framed: false, cardProgress: 0.9 }),
  'capture-uncover': at({ ...CAPTURE, hint: 'uncover-face', framed: true }),
  'capture-open-eyes': at({ ...CAPTURE, hint: 'open-eyes', framed: true }),
  'capture-framed': at({ ...CAPTURE, hint: null, framed: true }),
  'capture-again': at({ ...CAPTURE, hint: null, framed: false, attempt: 2 }),
  checking: at({ screen: 'checking' }),
  done: at({ screen: 'done', receipt: RECEIPT, nextStep: 'all-done' }),
  'done-declined': at({ screen: 'done', receipt: RECEIPT, nextStep: 'may-come-back' }),
  'done-renew': at({ screen: 'done', receipt: RECEIPT, nextStep: 'renew-card' }),
  'done-centre': at({ screen: 'done', receipt: RECEIPT, nextStep: 'come-to-centre' }),
  'done-guardian': at({ screen: 'done', receipt: RECEIPT, nextStep: 'guardian-comes' }),
  staff: at({ screen: 'staff', receipt: null, nextStep: null }),
  'staff-receipt': at({ screen: 'staff', receipt: RECEIPT, nextStep: 'officer-will-check' }),
  'staff-renew': at({ screen: 'staff', receipt: RECEIPT, nextStep: 'renew-card' }),
  'staff-thai-id': at({ screen: 'staff', receipt: null, nextStep: 'bring-thai-id' }),
  'staff-register': at({ screen: 'staff', receipt: RECEIPT, nextStep: 'register-is-updated' }),
  'still-there': at({ screen: 'still-there', secondsLeft: 24 }),
  'out-of-service': at({ screen: 'out-of-service' }),
  'bedside-idle': bedside({ screen: 'idle', expects: 'anybody' }),
  'bedside-asked': bedside({ screen: 'reading', progress: 0.35, consent: 'asked', purpose: FACE }),
  'bedside-start': bedside({ ...AT_BED, dignityLeftS: 180 }),
  'bedside-closer': bedside({ ...AT_BED, hint: 'come-closer', dignityLeftS: 161 }),
  'bedside-from-light': bedside({ ...AT_BED, hint: 'turn-from-light', dignityLeftS: 120 }),
  'bedside-framed': bedside({ ...AT_BED, framed: true, dignityLeftS: 98 }),
  'bedside-again': bedside({ ...AT_BED, attempt: 2, dignityLeftS: 42 }),
  'bedside-checking': bedside({ screen: 'checking' }),
  'bedside-staff': bedside({ screen: 'staff', receipt: null, nextStep: null }),
  'bedside-done': bedside({ screen: 'done', receipt: RECEIPT, nextStep: 'all-done' }),
  ...Object.fromEntries(
    SAMPLE_PROGRAMME.explain.map(({ picture }, page) => [`explain-${picture}`, sheet({ sheet: 'explain', page })]),
  ),
  'explain-line': sheet({ sheet: 'explain', page: SAMPLE_PROGRAMME.explain.length }),
  'explain-still-there': { ...sheet({ sheet: 'explain', page: 1 }), isAskingSheet: true },
  'explain-after': sheet({ sheet: 'explain', page: 2 }, { screen: 'done', receipt: RECEIPT, nextStep: 'all-done' }),
  ...Object.fromEntries(CARD_IDS.map((card, page) => [`card-${card}`, sheet({ sheet: 'cards', page })])),
  'card-answers': sheet({ sheet: 'answers' }),
  display: sheet({ sheet: 'display' }),
};

/** The glasses that the screens are made for. */
export const PREVIEW_GLASSES = [
  { name: '7in', width: 800, height: 480, widthMm: 154 },
  { name: '10in', width: 1280, height: 800, widthMm: 217 },
  { name: 'portrait', width: 720, height: 1280, widthMm: 75 },
] as const;
