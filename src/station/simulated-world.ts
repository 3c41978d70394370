import { readFileSync } from 'node:fs';
import type { Presentation, SimulatorState } from '../kiosk/protocol.ts';
import type { CardReader } from '../peripherals/card/port.ts';
import { asFault, StationFault } from '../shared/fault.ts';
import { DEMO_CARDS, type DemoFace } from './people.ts';
import { type HolderCard, listPcscReaders, openPcscReader, virtualCards } from './registry.ts';
import type { SceneControl } from './scene-control.ts';

/** Where a virtual card is put in: pcscd's virtual reader, or a reader inside this process. */
export interface VirtualSlot extends AsyncDisposable {
  readonly reader: CardReader;
  /** `pcsc` = through the real pcscd; `in-process` where that is not to be had, with the reason. */
  readonly kind: 'pcsc' | 'in-process';
  readonly why: string;
  insert(person: string, photoJpeg: Uint8Array, wireSpeed: boolean): Promise<void>;
  /** Somebody's of a made-up list. */
  insertHolder(card: HolderCard, photoJpeg: Uint8Array, wireSpeed: boolean): Promise<void>;
  pull(): Promise<void>;
}

/**
 * Starts pcscd with a virtual reader, or falls back to a simulated reader and says why.
 * @param index of the virtual reader's two slots: 0 for a station, 1 for a visit played beside it
 */
export async function openVirtualSlot(index: 0 | 1, signal: AbortSignal): Promise<VirtualSlot> {
  const { VirtualCard, makePerson, makeHolderCard, insertVirtualCard, SimulatedCardReader, startVirtualPcscd } =
    await virtualCards();
  const cardOf = (person: string, photoJpeg: Uint8Array, wireSpeed: boolean) =>
    makePerson(person as Parameters<typeof makePerson>[0], { photoJpeg, today: new Date(), wireSpeed });
  const listReaders = (stop: AbortSignal) => listPcscReaders('smartcard', stop);
  try {
    const pcscd = await startVirtualPcscd({ signal, listReaders, port: undefined });
    const port = pcscd.slots[index];
    const name = pcscd.readers.filter((reader) => reader.includes('Virtual PCD'))[index];
    if (port === undefined || name === undefined) {
      await pcscd.stop();
      throw new StationFault('READER_MISSING', 'pcscd', 'the pcscd that runs has no virtual reader');
    }
    const reader = await openPcscReader({ backend: 'smartcard', reader: name, except: null, virtualOnly: true });
    let inserted: { pull(): Promise<void> } | undefined;
    const pull = async () => {
      await inserted?.pull();
      inserted = undefined;
    };
    const insert = async (card: ConstructorParameters<typeof VirtualCard>[0]) => {
      await pull();
      inserted = await insertVirtualCard(new VirtualCard(card), { port, signal });
    };
    return {
      reader,
      kind: 'pcsc',
      why: pcscd.isShimmed ? 'pcscd with a virtual reader' : 'pcscd with a virtual reader, slow: no C compiler',
      pull,
      insert: (person, photo, wireSpeed) => insert(cardOf(person, photo, wireSpeed)),
      insertHolder: (card, photo, wireSpeed) => insert(makeHolderCard(card, photo, wireSpeed)),
      async [Symbol.asyncDispose]() {
        await pull();
        await reader[Symbol.asyncDispose]();
        await pcscd.stop();
      },
    };
  } catch (error) {
    signal.throwIfAborted();
    const reader = new SimulatedCardReader('Simulated reader');
    return {
      reader,
      kind: 'in-process',
      why: asFault(error, 'PCSC_SERVICE_DOWN', 'pcscd').message,
      insert: async (person, photo, wireSpeed) => reader.insert(new VirtualCard(cardOf(person, photo, wireSpeed))),
      insertHolder: async (card, photo, wireSpeed) =>
        reader.insert(new VirtualCard(makeHolderCard(card, photo, wireSpeed))),
      pull: async () => reader.pull(),
      [Symbol.asyncDispose]: () => reader[Symbol.asyncDispose](),
    };
  }
}

/** What a visitor of the demo can do: put cards in, stand before the camera, pull cables. */
export class SimulatedWorld {
  readonly slot: VirtualSlot | null;
  readonly #scene: SceneControl | null;
  readonly #faces: readonly DemoFace[];
  readonly #onChange: () => void;
  #inserted: string | null = null;
  #face: string | null = null;
  #presentation: Presentation = 'living';
  #isCameraPlugged = true;
  /** One command at a time: a pull waits for the insertion before it. */
  #queue: Promise<void> = Promise.resolve();

  constructor(options: {
    readonly slot: VirtualSlot | null;
    readonly scene: SceneControl | null;
    readonly faces: readonly DemoFace[];
    readonly onChange: () => void;
  }) {
    this.slot = options.slot;
    this.#scene = options.scene;
    this.#faces = options.faces;
    this.#onChange = options.onChange;
  }

  state(outcomes: SimulatorState['outcomes']): SimulatorState {
    return {
      people: DEMO_CARDS.map(({ id, label }) => ({ id, label })),
      faces: this.#faces.map(({ id, label }) => ({ id, label })),
      inserted: this.#inserted,
      face: this.#face,
      presentation: this.#presentation,
      cameraPlugged: this.#isCameraPlugged,
      simulated: { card: this.slot !== null, camera: this.#scene !== null },
      outcomes,
    };
  }

  /** @param wireSpeed as slow as a real chip, else as fast as it goes */
  insertCard(id: string, wireSpeed: boolean): Promise<void> {
    const card = DEMO_CARDS.find((one) => one.id === id);
    const face = this.#faces[card?.face ?? 0];
    if (!card || !face) return Promise.reject(new StationFault('USAGE', 'simulator', 'no such card'));
    return this.#putIn(face, card.id, async (photo) => this.slot?.insert(card.id, photo, wireSpeed));
  }

  /** The card of somebody of a made-up list, with one of the faces' photographs on its chip. */
  insertHolderCard(card: HolderCard, faceId: string, wireSpeed: boolean): Promise<void> {
    const face = this.#faces.find(({ id }) => id === faceId);
    if (!face) return Promise.reject(new StationFault('USAGE', 'simulator', 'no such face'));
    return this.#putIn(face, 'holder', async (photo) => this.slot?.insertHolder(card, photo, wireSpeed));
  }

  pullCard(): Promise<void> {
    return this.#enqueue(async () => {
      await this.slot?.pull();
      this.#inserted = null;
    });
  }

  /** @param id of a face, or `null` for an empty room */
  showFace(id: string | null): void {
    const face = this.#faces.find((one) => one.id === id);
    this.#face = face?.id ?? null;
    this.#scene?.show(face?.scene ?? null);
    this.#onChange();
  }

  /** Shows the face in another way: on paper, on a screen, as a stream of its own. */
  present(presentation: Presentation): void {
    this.#presentation = presentation;
    this.#scene?.present(presentation);
    this.#onChange();
  }

  plugCamera(isPlugged: boolean): void {
    this.#isCameraPlugged = isPlugged;
    this.#scene?.setFault(isPlugged ? 'none' : 'unplug');
    this.#onChange();
  }

  #putIn(face: DemoFace, id: string, insert: (photo: Uint8Array) => Promise<void>): Promise<void> {
    return this.#enqueue(async () => {
      // The card keeps its own copy; this one lies in memory that Node shares out and keeps.
      const photo = readFileSync(face.cardPhoto);
      await insert(photo);
      photo.fill(0);
      this.#inserted = id;
    });
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    const done = this.#queue.then(work).then(this.#onChange);
    this.#queue = done.catch(() => undefined);
    return done;
  }
}
