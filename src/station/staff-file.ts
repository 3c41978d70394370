import { join } from 'node:path';
import { z } from 'zod';
import { KeptFile } from '../config/kept-file.ts';
import type { Role, StaffMember } from '../staff/member.ts';
import { hashPin } from '../staff/pin.ts';
import type { WrongPinStore } from '../staff/wrong-pins.ts';

const member = z.object({
  id: z.string(),
  name: z.object({ th: z.string(), en: z.string() }),
  role: z.enum(['operator', 'officer', 'witness', 'technician', 'chief']),
  organisation: z.string(),
  areas: z.array(z.string()),
  pin: z
    .object({
      salt: z.string(),
      hash: z.string(),
      params: z.object({ memoryKiB: z.int(), passes: z.int(), parallelism: z.int() }),
    })
    .nullable(),
  badge: z.string().nullable(),
  subject: z.string().nullable(),
  until: z.string().nullable(),
}) satisfies z.ZodType<StaffMember>;

/** Staff that a technician has entered at this station, beside those of the work orders. */
export const staffFile = (dataDir: string) => new KeptFile(join(dataDir, 'staff.json'), z.array(member));

/** Wrong PINs in a row, by member: they outlast a restart. */
export function wrongPinFile(dataDir: string): WrongPinStore {
  const file = new KeptFile(join(dataDir, 'wrong-pins.json'), z.record(z.string(), z.int().nonnegative()));
  return { read: () => file.read() ?? {}, write: (counts) => file.write({ ...counts }) };
}

/** PINs of the demonstration; the page says them. */
const DEMO: readonly {
  readonly id: string;
  readonly name: StaffMember['name'];
  readonly role: Role;
  readonly pin: string;
}[] = [
  { id: 'demo-1', name: { th: 'เจ้าหน้าที่ ก (รหัส 1234)', en: 'Operator A (PIN 1234)' }, role: 'operator', pin: '1234' },
  { id: 'demo-2', name: { th: 'เจ้าหน้าที่ ข (รหัส 5678)', en: 'Officer B (PIN 5678)' }, role: 'officer', pin: '5678' },
  { id: 'demo-3', name: { th: 'ช่างเทคนิค (รหัส 9999)', en: 'Technician (PIN 9999)' }, role: 'technician', pin: '9999' },
];

/** Staff of a demonstration, made up. */
export function demoStaff(): Promise<readonly StaffMember[]> {
  return Promise.all(
    DEMO.map(async ({ id, name, role, pin }) => ({
      ...{ id, name, role, organisation: 'สาธิต', areas: [], badge: null, subject: null, until: null },
      pin: await hashPin(pin),
    })),
  );
}
