import { readFileSync } from 'node:fs';
import { StationFault } from '../../shared/fault.ts';
import { MODELS_DIR } from '../paths.ts';
import { demoFaces } from '../people.ts';
import { virtualCards } from '../registry.ts';
import { openVirtualSlot } from '../simulated-world.ts';
import { oneOf, type RunningSimulator } from './simulator.ts';

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
  const first = oneOf(person, kinds);
  const photo = demoFaces(MODELS_DIR)[0]?.cardPhoto ?? '';
  const slot = await openVirtualSlot(0, signal);
  if (slot.kind !== 'pcsc') {
    await slot[Symbol.asyncDispose]();
    throw new StationFault('PCSC_SERVICE_DOWN', 'pcscd', slot.why);
  }
  const insert = async (kind: string) => {
    await slot.insert(oneOf(kind, kinds), readFileSync(photo), options.isWireSpeed);
    return `the card "${kind}" is in`;
  };
  const inserted = await insert(first);
  return {
    notes: [`${slot.why}: ${inserted}`, 'Read it: thuengban card read --reader "Virtual PCD"'],
    settings: { card: { reader: 'Virtual PCD' } },
    words: {
      insert: {
        usage: '[KIND]',
        help: { en: `put a card in: ${kinds.join(', ')}`, th: 'เสียบบัตร' },
        run: (kind) => insert(kind === '' ? first : kind),
      },
      pull: {
        usage: '',
        help: { en: 'pull the card', th: 'ดึงบัตรออก' },
        run: async () => {
          await slot.pull();
          return 'the card is out';
        },
      },
    },
    [Symbol.asyncDispose]: () => slot[Symbol.asyncDispose](),
  };
}

/** Every kind of card that can be simulated. */
async function cardKinds(): Promise<readonly string[]> {
  return (await virtualCards()).PEOPLE.map(({ id }) => id);
}
