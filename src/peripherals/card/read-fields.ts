import { StationFault } from '../../shared/fault.ts';
import { parseAddress } from './address.ts';
import { parseBirthDate, parseChipDay, parseExpiry } from './chip-date.ts';
import { parseCitizenId } from './citizen-id.ts';
import { type ChipRange, FIELDS, type FieldName } from './memory-map.ts';
import { parseName } from './name.ts';
import type { ThaiIdText } from './thai-id-card.ts';
import { decodeText } from './tis620.ts';

/** Reads one range of the chip, all of it. */
export type ReadRange = (range: ChipRange) => Promise<Uint8Array>;

/**
 * Reads and checks every text field. Nothing counts as read without a sound citizen number, a Thai name and an expiry.
 * @throws StationFault `DATA_INVALID` naming the field, never its content
 */
export async function readFields(read: ReadRange): Promise<ThaiIdText> {
  const text: Partial<Record<FieldName, string>> = {};
  for (const name of Object.keys(FIELDS) as FieldName[]) text[name] = decodeText(await read(FIELDS[name]));
  return parseFields(text as Record<FieldName, string>);
}

/** The pure part of {@link readFields}. */
export function parseFields(text: Readonly<Record<FieldName, string>>): ThaiIdText {
  const citizenId = parseCitizenId(text.citizenId) ?? invalid('citizen number');
  const nameThai = parseName(text.nameThai);
  if (nameThai.first === '') invalid('name');
  return {
    citizenId,
    nameThai,
    nameEnglish: parseName(text.nameEnglish),
    birthDate: parseBirthDate(text.birthDate),
    sex: text.sex === '1' ? 'male' : text.sex === '2' ? 'female' : 'unknown',
    issueDate: parseChipDay(text.issueDate),
    expiry: parseExpiry(text.expiry) ?? invalid('expiry'),
    address: parseAddress(text.address),
    issuer: text.issuer,
    requestNumber: text.requestNumber,
  };
}

function invalid(field: string): never {
  throw new StationFault('DATA_INVALID', 'chip', `the ${field} on the chip is not sound`);
}
