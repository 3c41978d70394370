import type { CitizenScreen } from '../kiosk/protocol.ts';
import type { Language } from '../visit/types.ts';

/** What the citizen's page shows: the station's screen, or `connecting` before the first word from it. */
export type CitizenView = CitizenScreen | { readonly screen: 'connecting' };

/** What a citizen can do, as the screens see it. */
export interface CitizenActions {
  readonly callStaff: () => void;
  readonly chooseLanguage: (language: Language) => void;
  readonly consent: (choice: 'agree' | 'ask-staff') => void;
  readonly moreTime: () => void;
}
