import { z } from 'zod';
import type { Ask } from './desk-protocol.ts';

/** Exact shapes of what staff may ask: anything else is refused before the station sees it. */
const id = z.string().min(1).max(64);
const words = (most: number) => z.string().trim().min(1).max(most);
const day = z.iso.date();
const pin = z.string().regex(/^\d{4,12}$/);

const credential = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('pin'), staff: id, pin }),
  z.strictObject({ by: z.literal('badge') }),
  z.strictObject({ by: z.literal('card') }),
]);
const witness = z.strictObject({
  role: z.enum(['kamnan', 'village-head', 'health-volunteer', 'officer', 'neighbour']),
  staff: id.nullable(),
  name: words(120).nullable(),
});
const needs = z.array(z.enum(['bedridden', 'deaf', 'blind', 'wheelchair'])).max(4);
const place = z.enum(['station', 'bedside']);
const choice = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('not-served'),
    reason: z.enum(['not-at-home', 'in-hospital', 'moved', 'deceased', 'refused-visit']),
  }),
  z.strictObject({
    kind: z.literal('referred'),
    reason: z.enum([
      'card-expired',
      'card-cancelled',
      'card-damaged',
      'card-unreadable',
      'card-photo-unreadable',
      'not-thai-id',
      'no-card',
      'child',
    ]),
  }),
  z.strictObject({ kind: z.literal('declined') }),
]);
const formChoice = z.discriminatedUnion('kind', [
  ...choice.options,
  z.strictObject({ kind: z.literal('undetermined'), reason: z.literal('no-answer') }),
]);
/** As typed or scanned: a QR says more than the number. */
const form = words(80);
const formFacts = { form, entry: id, seenOn: day.nullable(), due: day.nullable() };
const judgement = {
  credential,
  answer: z.enum(['same-person', 'not-same-person', 'cannot-tell']),
  reason: z.enum(['face-alike', 'known-in-person', 'papers-seen', 'face-changed', 'pictures-unclear', 'face-unlike']),
};
const representation = z.strictObject({
  entry: id.nullable(),
  relation: z.enum(['child', 'spouse', 'parent', 'sibling', 'relative', 'guardian', 'caretaker', 'village-head']),
  mandate: z.enum(['paper', 'attested']),
  scope: z
    .array(z.enum(['register', 'collect', 'use-card']))
    .min(1)
    .max(3),
  until: day,
  witnesses: z.tuple([witness, witness]),
});
const referralNeeds = z.strictObject({
  transport: z.enum(['own', 'needs-ride', 'cannot-travel']),
  bedsideReissue: z.boolean(),
  contact: words(120).nullable(),
  appointment: day.nullable(),
});
const printable = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('receipt'), visitId: id }),
  z.strictObject({ kind: z.literal('explain-slip') }),
  z.strictObject({ kind: z.literal('day-report'), day: day.optional() }),
  z.strictObject({ kind: z.literal('referrals') }),
  z.strictObject({ kind: z.literal('line-friend') }),
]);
const checkId = z.enum([
  'card-reader',
  'camera',
  'face',
  'journal',
  'clock',
  'disk',
  'printer',
  'orders',
  'battery',
  'paper-pack',
  'poster',
]);

export const askSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('staff') }),
  z.strictObject({ do: z.literal('sign-in'), credential }),
  z.strictObject({ do: z.literal('sign-out') }),
  z.strictObject({ do: z.literal('still-here') }),
  z.strictObject({ do: z.literal('overview'), days: z.int().min(1).max(31).optional() }),
  z.strictObject({ do: z.literal('village'), village: id }),
  z.strictObject({ do: z.literal('find'), text: z.string().max(120) }),
  z.strictObject({ do: z.literal('person'), entry: id }),
  z.strictObject({
    do: z.literal('add-walk-in'),
    name: words(120),
    village: id,
    house: words(60).nullable(),
    needs,
  }),
  z.strictObject({ do: z.literal('expect'), entry: id.nullable(), place }),
  z.strictObject({
    do: z.literal('expect-representative'),
    representation,
    place,
    credential: credential.nullable(),
  }),
  z.strictObject({ do: z.literal('record'), entry: id, choice, due: day.nullable() }),
  z.strictObject({ do: z.literal('plan'), entry: id, choice: formChoice, seenOn: day.nullable() }),
  z.strictObject({ do: z.literal('form'), form }),
  z.strictObject({ do: z.literal('record-form'), ...formFacts, choice: formChoice }),
  z.strictObject({
    do: z.literal('decide-form'),
    ...formFacts,
    why: z.enum(['camera-unavailable', 'engine-failed', 'staff-called', 'biometric-declined']),
    ...judgement,
  }),
  z.strictObject({ do: z.literal('spoil-form'), form }),
  z.strictObject({ do: z.literal('decide'), visitId: id, ...judgement }),
  z.strictObject({ do: z.literal('capture-again'), visitId: id }),
  z.strictObject({
    do: z.literal('consent'),
    purpose: id,
    given: z.boolean(),
    how: z.enum(['touch', 'button', 'witnessed-voice']),
    witness: witness.nullable(),
  }),
  z.strictObject({ do: z.literal('end-visit'), visitId: id, choice }),
  z.strictObject({ do: z.literal('take-over'), visitId: id }),
  z.strictObject({ do: z.literal('photograph-mandate'), entry: id }),
  z.strictObject({ do: z.literal('referrals') }),
  z.strictObject({ do: z.literal('refer'), visitId: id, needs: referralNeeds }),
  z.strictObject({ do: z.literal('close-referral'), visitId: id }),
  z.strictObject({ do: z.literal('batch-day'), day }),
  z.strictObject({ do: z.literal('revoke-representation'), id }),
  z.strictObject({ do: z.literal('withdraw-consent'), entry: id, purpose: id }),
  z.strictObject({ do: z.literal('attend'), witness }),
  z.strictObject({ do: z.literal('team') }),
  z.strictObject({ do: z.literal('explain') }),
  z.strictObject({
    do: z.literal('explained'),
    entry: id.nullable(),
    how: z.enum(['pictures', 'read-aloud', 'slip']),
  }),
  z.strictObject({ do: z.literal('day'), day: day.optional() }),
  z.strictObject({ do: z.literal('open-day'), confirmed: z.array(checkId).max(11) }),
  z.strictObject({ do: z.literal('close-day'), day: day.optional() }),
  z.strictObject({ do: z.literal('print'), what: printable }),
  z.strictObject({
    do: z.literal('export'),
    what: z.enum(['day-report', 'paper-pack', 'referrals']),
    day: day.optional(),
  }),
  z.strictObject({ do: z.literal('sticks') }),
  z.strictObject({ do: z.literal('import-orders'), path: words(400) }),
  z.strictObject({ do: z.literal('verify-receipt'), text: words(4000) }),
]) satisfies z.ZodType<Ask>;
