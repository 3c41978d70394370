import { readFileSync } from 'node:fs';
import { StationFault } from '../shared/fault.ts';
import { MODELS_DIR } from './paths.ts';
import { demoFaces } from './people.ts';
import { virtualCards } from './registry.ts';
import { openVirtualSlot } from './simulated-world.ts';

/** A simulator that runs until it is disposed of. */
export interface RunningSimulator extends AsyncDisposable {
  /** What a developer does with it, line by line. */
  readonly notes: readonly string[];
}

/**
 * Puts a virtual card into pcscd's virtual reader, for any program that reads cards through PC/SC.
 * @param person a kind of card; see `cardKinds`
 * @throws StationFault `USAGE` for an unknown kind, `PCSC_SERVICE_DOWN` when pcscd with its virtual reader cannot run
 */
export async function simulateCard(
  person: string,
  options: { readonly isWireSpeed: boolean },
  signal: AbortSignal,
): Promise<RunningSimulator> {
  const kinds = await cardKinds();
  if (!kinds.includes(person))
    throw new StationFault('USAGE', 'simulate card', `found "${person}", expected one of: ${kinds.join(', ')}`);
  const photo = demoFaces(MODELS_DIR)[0]?.cardPhoto ?? '';
  const slot = await openVirtualSlot(0, signal);
  if (slot.kind !== 'pcsc') {
    await slot[Symbol.asyncDispose]();
    throw new StationFault('PCSC_SERVICE_DOWN', 'pcscd', slot.why);
  }
  await slot.insert(person, readFileSync(photo), options.isWireSpeed);
  return {
    notes: [`${slot.why}: the card "${person}" is in`, 'Read it: thuengban card read --reader "Virtual PCD"'],
    [Symbol.asyncDispose]: () => slot[Symbol.asyncDispose](),
  };
}

/** Every kind of card that can be simulated. */
export async function cardKinds(): Promise<readonly string[]> {
  return (await virtualCards()).PEOPLE.map(({ id }) => id);
}
