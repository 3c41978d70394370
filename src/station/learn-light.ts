import type { Log } from '../observe/log.ts';
import { asFault } from '../shared/fault.ts';
import type { OwnLightStore } from './own-light.ts';
import type { VisitSession } from './visit-session.ts';

/** Learns what a capture of a living person looks like here. The visit does not hang on it. */
export function learnFrom(
  store: OwnLightStore | null,
  { camera, frames }: VisitSession['light'],
  visitId: string,
  log: Log,
): void {
  try {
    store?.learn(camera, frames);
  } catch (error) {
    const { code, message } = asFault(error, 'INTERNAL', 'light');
    log.warn('effect-failed', { code, detail: message, visitId });
  }
}
