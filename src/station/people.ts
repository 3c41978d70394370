import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { StationFault } from '../shared/fault.ts';

const words = z.object({ th: z.string(), en: z.string() });
const indexSchema = z.array(z.object({ id: z.string().regex(/^[a-z0-9-]+$/), label: words }));

/** A synthetic person's photographs: cut from freely licensed group pictures by `scripts/make-people.ts`. */
export interface DemoFace {
  readonly id: string;
  readonly label: { readonly th: string; readonly en: string };
  /** Folder of what the simulated camera shows. */
  readonly scene: string;
  /** Folder of camera frames, as a file takes them. */
  readonly frames: string;
  /** What their chip holds. */
  readonly cardPhoto: string;
}

/** @throws StationFault `MODEL_MISSING` when the demo's photographs have not been made */
export function demoFaces(modelsDir: string): readonly DemoFace[] {
  const folder = join(modelsDir, 'people');
  const file = join(folder, 'index.json');
  try {
    return indexSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).map(({ id, label }) => ({
      id,
      label,
      scene: join(folder, id),
      frames: join(folder, id, 'frames'),
      cardPhoto: join(folder, id, 'card.jpg'),
    }));
  } catch (cause) {
    throw new StationFault('MODEL_MISSING', file, `${file} is missing or not valid`, { cause });
  }
}

/**
 * The cards of the demo: what the panel offers to put in. `fixture` is the kind of card, `face` whose photograph it
 * bears (an index into the demo's faces).
 */
export const DEMO_CARDS = [
  { id: 'normal', face: 0, label: { th: 'บัตรของคนที่ 1', en: "Person 1's card" } },
  { id: 'lifetime', face: 1, label: { th: 'บัตรตลอดชีพของคนที่ 2', en: "Person 2's lifetime card" } },
  { id: 'year-only', face: 0, label: { th: 'บัตรรุ่นเก่าอ่านช้าของคนที่ 1', en: "Person 1's old, slow card" } },
  { id: 'expired', face: 0, label: { th: 'บัตรหมดอายุของคนที่ 1', en: "Person 1's expired card" } },
  { id: 'photo-broken', face: 0, label: { th: 'บัตรที่รูปเสีย', en: 'Card with a broken photo' } },
  { id: 'upside-down', face: 0, label: { th: 'บัตรกลับด้าน', en: 'Card upside down' } },
  { id: 'foreign', face: 0, label: { th: 'ไม่ใช่บัตรประชาชนไทย', en: 'Not a Thai ID card' } },
] as const;
