import type { CitizenView } from '../citizen-view.ts';

const RECEIPT = { code: '7KQ2-M8XD', qrText: 'THUENGBAN:7KQ2-M8XD' } as const;
const CAPTURE = { screen: 'capture', attempt: 1, attemptsAllowed: 3, cardProgress: 1, dignityLeftS: null } as const;

/** Every citizen screen in every state, with made-up data; the screenshot test goes through all of them. */
export const PREVIEW_STATES: Readonly<Record<string, CitizenView>> = {
  connecting: { screen: 'connecting' },
  idle: { screen: 'idle', expects: 'anybody' },
  'reinsert-chip-up': { screen: 'reinsert', ask: 'chip-up' },
  'reinsert-thai-id': { screen: 'reinsert', ask: 'thai-id' },
  'reading-asked': { screen: 'reading', progress: 0.35, consent: 'asked', purpose: { id: 'face-comparison' } },
  'reading-given': { screen: 'reading', progress: 0.6, consent: 'given', purpose: { id: 'face-comparison' } },
  'capture-start': { ...CAPTURE, hint: null, framed: false, cardProgress: 0.7, dignityLeftS: null },
  'capture-closer': { ...CAPTURE, hint: 'come-closer', framed: false, cardProgress: 0.9, dignityLeftS: null },
  'capture-one-person': { ...CAPTURE, hint: 'one-person', framed: false },
  'capture-less-light': { ...CAPTURE, hint: 'less-light', framed: false, cardProgress: 0.9, dignityLeftS: null },
  'capture-from-light': { ...CAPTURE, hint: 'turn-from-light', framed: false, cardProgress: 0.9, dignityLeftS: null },
  'capture-uncover': { ...CAPTURE, hint: 'uncover-face', framed: true },
  'capture-open-eyes': { ...CAPTURE, hint: 'open-eyes', framed: true },
  'capture-framed': { ...CAPTURE, hint: null, framed: true },
  'capture-again': { ...CAPTURE, hint: null, framed: false, attempt: 2 },
  checking: { screen: 'checking' },
  done: { screen: 'done', receipt: RECEIPT, nextStep: 'all-done' },
  'done-declined': { screen: 'done', receipt: RECEIPT, nextStep: 'may-come-back' },
  'done-renew': { screen: 'done', receipt: RECEIPT, nextStep: 'renew-card' },
  staff: { screen: 'staff', receipt: null, nextStep: null },
  'staff-receipt': { screen: 'staff', receipt: RECEIPT, nextStep: 'officer-will-check' },
  'staff-renew': { screen: 'staff', receipt: RECEIPT, nextStep: 'renew-card' },
  'staff-thai-id': { screen: 'staff', receipt: null, nextStep: 'bring-thai-id' },
  'still-there': { screen: 'still-there', secondsLeft: 24 },
  'out-of-service': { screen: 'out-of-service' },
};

/** The glasses that the screens are made for. */
export const PREVIEW_GLASSES = [
  { name: '7in', width: 800, height: 480, widthMm: 154 },
  { name: '10in', width: 1280, height: 800, widthMm: 217 },
  { name: 'portrait', width: 720, height: 1280, widthMm: 75 },
] as const;
