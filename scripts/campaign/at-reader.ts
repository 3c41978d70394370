import type { OperatorVisit } from '../../src/kiosk/desk-protocol.ts';
import type { HolderCard } from '../../src/station/registry.ts';
import type { OfficerAnswer, OfficerReason, VisitPlace, Witness } from '../../src/visit/types.ts';
import type { Play } from './play.ts';
import { STAFF } from './setting.ts';

/** How somebody says yes. */
export type Voice = 'touch' | 'button' | 'voice';

export const KAMNAN: Witness = { role: 'kamnan', staff: STAFF.kamnan, name: null };
export const VOLUNTEER: Witness = { role: 'health-volunteer', staff: null, name: 'อาสาสมัครตัวอย่าง' };

/** The operator says whose card comes next. */
export async function expect(play: Play, entry: string | null, place: VisitPlace): Promise<void> {
  await play.pages.untilScreen('idle');
  await play.signIn();
  await play.pages.ask<'expect'>({ do: 'expect', entry, place });
}

/** Somebody puts a card in and stands before the camera. @returns when */
export async function putIn(play: Play, card: HolderCard, face: number, shown: number | null): Promise<number> {
  await play.pages.untilScreen('idle');
  await play.station.world({ do: 'face', face: shown });
  const startedAt = performance.now();
  await play.station.world({ do: 'insert', card, face, isWireSpeed: play.options.isWireSpeed });
  return startedAt;
}

export async function takeOut(play: Play): Promise<void> {
  await play.station.world({ do: 'pull' });
  await play.pages.untilScreen('idle', 'out-of-service');
  await play.station.world({ do: 'face', face: null });
}

/** Answers every question on the notice. */
export async function agree(play: Play, voice: Voice): Promise<void> {
  const { pages } = play;
  const screen = await pages.until('the notice', () =>
    pages.screen.screen === 'reading' && pages.screen.consent === 'asked' ? pages.screen : undefined,
  );
  if (voice === 'voice') {
    await pages.ask<'consent'>({
      do: 'consent',
      purpose: 'face-comparison',
      given: true,
      how: 'witnessed-voice',
      witness: VOLUNTEER,
    });
    return;
  }
  pages.say({ kind: 'consent', purpose: screen.purpose.id, choice: 'agree', how: voice });
}

/** Waits until an outcome of the visit is kept. */
export async function outcome(play: Play): Promise<OperatorVisit> {
  const { pages } = play;
  const visit = await pages.until('an outcome', () => {
    const { screen } = pages;
    const isOver = (screen.screen === 'done' || screen.screen === 'staff') && screen.receipt !== null;
    const { visit } = pages;
    return isOver && visit?.outcome && visit.receipt !== null ? visit : undefined;
  });
  keepReceipt(play, visit);
  return visit;
}

/** Two officers answer one after the other, neither knowing the other's answer. */
export async function decide(
  play: Play,
  answers: readonly [OfficerAnswer['answer'], OfficerAnswer['answer']],
): Promise<OperatorVisit> {
  const { pages } = play;
  const { visitId } = await pages.until('the officers', () =>
    pages.visit?.phase === 'with-officers' ? pages.visit : undefined,
  );
  const officers = [STAFF.first, STAFF.second];
  for (const [i, answer] of answers.entries()) {
    const { id, pin } = officers[i] as (typeof officers)[number];
    const reason: OfficerReason = answer === 'same-person' ? 'known-in-person' : 'face-unlike';
    const credential = { by: 'pin', staff: id, pin } as const;
    const { state } = await pages.ask<'decide'>({ do: 'decide', visitId, credential, answer, reason });
    if (state !== (i === 0 ? 'waiting' : 'recorded')) throw new Error(`officer ${i + 1}: ${state}`);
  }
  const visit = await pages.until('what the officers make of it', () =>
    pages.visit?.phase === 'ended' ? pages.visit : undefined,
  );
  keepReceipt(play, visit);
  return visit;
}

/** One receipt of each outcome is kept, to be checked in the end. */
function keepReceipt({ pages, book }: Play, visit: OperatorVisit): void {
  const { screen } = pages;
  if (screen.screen !== 'done' && screen.screen !== 'staff') return;
  if (screen.receipt && visit.outcome && screen.receipt.qrText !== '')
    book.receipts.set(visit.outcome, screen.receipt.qrText);
}

export const secondsSince = (startedAt: number): number => Math.round((performance.now() - startedAt) / 10) / 100;
