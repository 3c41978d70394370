import { z } from 'zod';
import { askSchema } from './asks.ts';
import type { ClientMessage, SimulatorState, SocketRole } from './protocol.ts';

/** Longest text a screen may send, bytes: a receipt that staff paste in is the longest, under 2 kB. */
export const MAX_MESSAGE_BYTES = 8192;

const id = z.string().min(1).max(64);

const simulatorCommand = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('insert-card'), person: id }),
  z.strictObject({ do: z.literal('pull-card') }),
  z.strictObject({ do: z.literal('show-face'), face: id.nullable() }),
  z.strictObject({
    do: z.literal('present'),
    presentation: z.enum(['living', 'print', 'screen', 'injected', 'replayed']),
  }),
  z.strictObject({ do: z.literal('unplug-camera') }),
  z.strictObject({ do: z.literal('plug-camera') }),
]);

const clientMessage = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('consent'),
    purpose: id,
    choice: z.enum(['agree', 'ask-staff']),
    how: z.enum(['touch', 'button']),
    isShort: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal('call-staff') }),
  z.strictObject({ kind: z.literal('set-language'), language: z.enum(['th', 'en']) }),
  z.strictObject({ kind: z.literal('more-time') }),
  z.strictObject({ kind: z.literal('staff-done') }),
  z.strictObject({ kind: z.literal('explained') }),
  z.strictObject({ kind: z.literal('ask'), id: z.int().nonnegative(), ask: askSchema }),
  z.strictObject({ kind: z.literal('simulate'), command: simulatorCommand }),
]) satisfies z.ZodType<ClientMessage>;

/** What each page may ask. A citizen can never end the staff screen, staff can never consent for a citizen. */
const MAY_ASK: Readonly<Record<SocketRole, ReadonlySet<ClientMessage['kind']>>> = {
  citizen: new Set(['consent', 'call-staff', 'set-language', 'more-time', 'explained']),
  operator: new Set(['staff-done', 'ask']),
  simulator: new Set(['simulate']),
};

export const SOCKET_ROLES: readonly SocketRole[] = ['citizen', 'operator', 'simulator'];

/** Returns the message when its shape is exact and the role may send it, else `undefined`. */
export function parseClientMessage(role: SocketRole, text: string): ClientMessage | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = clientMessage.safeParse(json);
  return parsed.success && MAY_ASK[role].has(parsed.data.kind) ? parsed.data : undefined;
}

/** False when a command of the simulator names a person or face that the simulated world does not have. */
export function isAboutKnown(message: ClientMessage, world: SimulatorState | null): boolean {
  if (message.kind !== 'simulate') return true;
  const { command } = message;
  const has = (list: readonly { readonly id: string }[] | undefined, id: string) =>
    !!list?.some((one) => one.id === id);
  if (command.do === 'insert-card') return has(world?.people, command.person);
  if (command.do === 'show-face') return command.face === null || has(world?.faces, command.face);
  return world !== null;
}
