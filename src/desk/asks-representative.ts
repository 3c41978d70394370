import type { Credential, Refusal } from '../kiosk/desk-protocol.ts';
import { isSamePerson } from '../staff/member.ts';
import type { Representation } from '../visit/types.ts';
import { proofRefused } from './asks-team.ts';
import { type DeskContext, DONE, doneUnless, type Handlers } from './context.ts';
import { mayAttest } from './officers.ts';
import { refuse } from './refusals.ts';

/** Somebody acts for somebody else: by a paper that is photographed, or because an officer answers for it. */
export const representativeAsks: Handlers<'expect-representative' | 'photograph-mandate'> = {
  async 'expect-representative'({ representation, place, credential }, desk) {
    const refusal = mayExpect(desk, representation);
    if (refusal) return refusal;
    if (representation.mandate === 'paper') {
      desk.field.expectRepresentative(representation, place);
      return DONE;
    }
    const attestedBy = await attest(desk, representation, credential);
    if ('refused' in attestedBy) return attestedBy;
    // Asked again after the wait for the PIN: a card may have come meanwhile.
    const since = mayExpect(desk, representation);
    if (since) return since;
    desk.field.expectRepresentative({ ...representation, attestedBy }, place);
    return DONE;
  },

  async 'photograph-mandate'({ entry }, { camera, field, journal, people, today, visit }) {
    if (visit.state().phase !== 'idle') return refuse('not-now');
    if (!people.person(entry, today())) return refuse('unknown');
    const jpeg = await camera.photograph();
    if (!jpeg) return refuse('no-camera');
    const id = field.mandateOf(entry);
    const data = { id, jpeg: Buffer.from(jpeg).toString('base64') };
    jpeg.fill(0);
    const fault = await journal.write('th.thuengban.representation.mandate-photographed.v1', data, null);
    if (fault === undefined) field.mandateKept(entry, id);
    return doneUnless(fault);
  },
};

function mayExpect(desk: DeskContext, { entry, until, witnesses, mandate }: Representation): Refusal | undefined {
  const { field, people, today, visit } = desk;
  if (visit.state().phase !== 'idle') return refuse('not-now');
  if (entry !== null && !people.person(entry, today())) return refuse('unknown');
  // Two different people, each with a name, and a mandate that has not ended before it begins.
  const names = witnesses.map(({ staff, name }) => staff ?? name);
  if (until < today() || names[0] === names[1] || names.includes(null)) return refuse('not-now');
  return mandate === 'paper' && !field.hasMandateOf(entry) ? refuse('photograph-first') : undefined;
}

/** An officer answers for a mandate that is on no paper: somebody else than both witnesses, under whichever name those are called. */
async function attest(
  desk: DeskContext,
  { entry, witnesses }: Representation,
  credential: Credential | null,
): Promise<NonNullable<Representation['attestedBy']> | Refusal> {
  if (!credential) return refuse('nothing-scanned');
  const proven = await desk.lock.prove(credential);
  if (proven.kind === 'refused') return proofRefused(proven);
  const { member, by } = proven;
  if (!mayAttest(desk, member, desk.field.villageOf(entry))) return refuse('no-right');
  const isWitness = desk
    .members()
    .filter(({ id, name }) => witnesses.some((one) => one.staff === id || one.name === name.th))
    .some((one) => isSamePerson(one, member));
  return isWitness ? refuse('same-officer') : { staff: member.id, by };
}
