import { z } from 'zod';
import { instant } from './ids.ts';

/** The station's clock when an event was written: it may be wrong, so it says how it was set. */
export const clockSchema = z.object({
  state: z.enum(['synced', 'unsynced', 'holdover']),
  setAt: instant.nullable().optional().describe('When the clock was last set by a time server'),
  bootId: z.string().min(1).max(64).optional().describe('Changes with every start of the machine'),
  monotonicMs: z.int().nonnegative().optional().describe('Milliseconds since that start; never goes back'),
});
export type EventClock = z.infer<typeof clockSchema>;
