import { loadSettings } from '../config/load-settings.ts';
import { pseudonym } from '../contract/envelope/pseudonym.ts';
import { parseCode } from '../peripherals/badge/parse-code.ts';
import { parseCitizenId } from '../peripherals/card/citizen-id.ts';
import type { Role } from '../staff/member.ts';
import { badgeHash, hashPin } from '../staff/pin.ts';
import { openKnownKeys } from './journal-keys.ts';
import { staffFile } from './staff-file.ts';

export const ROLES: readonly Role[] = ['operator', 'officer', 'witness', 'technician', 'chief'];
export const isRole = (text: string | undefined): text is Role => ROLES.includes(text as Role);

export interface NewStaff {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly organisation: string;
  readonly pin: string | null;
  /** What the scanner reads from their badge. */
  readonly badge: string | null;
  /** On their own ID card; only its pseudonym is kept. */
  readonly citizenNumber: string | null;
}

/** Enters somebody who may work at this station, or in their place. @returns what is wrong with it; `undefined` = done */
export async function addStaff(dataDir: string, added: NewStaff): Promise<string | undefined> {
  const { id, name, role, organisation, pin, badge, citizenNumber } = added;
  if (!/^[\w-]{1,64}$/.test(id)) return 'an id has letters, digits, _ and -';
  if (pin !== null && !/^\d{4,12}$/.test(pin)) return 'a PIN has 4 to 12 digits';
  const code = badge === null ? null : parseCode(badge);
  if (code !== null && code.kind !== 'operator-badge') return 'that is no code of a badge';
  if (citizenNumber !== null && parseCitizenId(citizenNumber) === undefined) return 'that is no citizen number';
  const hasProof = pin !== null || code !== null || citizenNumber !== null;
  if (!hasProof && role !== 'witness') return 'expected a PIN, a badge or a card';
  const file = staffFile(dataDir);
  const member = {
    ...{ id, role, organisation, areas: [], until: null, name: { th: name, en: name } },
    pin: pin === null ? null : await hashPin(pin),
    badge: code === null ? null : badgeHash(code.operatorId),
    subject: citizenNumber === null ? null : ownPseudonym(dataDir, citizenNumber),
  };
  file.write([...(file.read() ?? []).filter((one) => one.id !== id), member]);
  return undefined;
}

/** Under the station's own key: those of the lists come and go. */
function ownPseudonym(dataDir: string, citizenNumber: string): string {
  const { programmeKey } = openKnownKeys(dataDir, loadSettings(dataDir).settings.station.id);
  return pseudonym(programmeKey, citizenNumber);
}

/** Who is entered at this station; nothing that a PIN or badge could be guessed from. */
export function listStaff(dataDir: string) {
  return (staffFile(dataDir).read() ?? []).map(({ id, name, role, organisation, pin, badge, subject }) => ({
    ...{ id, name: name.th, role, organisation },
    signsInBy: [...(pin ? ['pin'] : []), ...(badge ? ['badge'] : []), ...(subject ? ['card'] : [])],
  }));
}

/** @returns whether they were entered here */
export function removeStaff(dataDir: string, id: string): boolean {
  const file = staffFile(dataDir);
  const before = file.read() ?? [];
  const after = before.filter((one) => one.id !== id);
  if (after.length === before.length) return false;
  file.write(after);
  return true;
}
