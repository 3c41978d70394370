import type { CitizenScreen } from '../../kiosk/protocol.ts';
import type { VisitPlace } from '../../visit/types.ts';
import type { MessageKey } from '../i18n/th.ts';

export type CaptureState = Extract<CitizenScreen, { screen: 'capture' }>;

/**
 * One thing at a time: the hint when there is one, else what is good, else where the face belongs. At a bedside it is said
 * to whoever holds the station, who can move it; the person need not.
 */
export function captureLine({ hint, framed, attempt }: CaptureState, place: VisitPlace): MessageKey {
  const to = place === 'bedside' ? 'bedside' : 'capture';
  if (hint) return place === 'bedside' ? `bedside.${hint}` : `hint.${hint}`;
  if (framed) return `${to}.good`;
  return attempt > 1 ? `${to}.again` : `${to}.ready`;
}
