import { readFileSync } from 'node:fs';
import { makePerson } from '../../src/peripherals/card/drivers/simulated/fixtures.ts';
import { SimulatedCardReader } from '../../src/peripherals/card/drivers/simulated/simulated-reader.ts';
import { VirtualCard } from '../../src/peripherals/card/drivers/simulated/virtual-card.ts';
import { readThaiId } from '../../src/peripherals/card/read-thai-id.ts';
import { MODELS_DIR } from '../../src/station/paths.ts';
import { demoFaces } from '../../src/station/people.ts';
import { GENERATIONS } from '../../tests/fixtures/card-generations.ts';
import { type Spread, spread } from './timing.ts';

export interface ReadTimes {
  readonly generation: string;
  readonly answers: 't0' | 'apdu';
  /** From the first command to the text, and to the whole card, at the wire's own pace (4 MHz). */
  readonly textMs: Spread;
  readonly wholeMs: Spread;
  /** The same read with a card that takes no time. */
  readonly softwareMs: Spread;
}

const { signal } = new AbortController();
const nothing = () => undefined;
const LIMITS = {
  apduLimitMs: 3_000,
  readLimitMs: 45_000,
  withPhoto: true,
  signal,
  onText: nothing,
  onProgress: nothing,
} as const;

/** Whole reads of each generation of chips, as T=0 cards and behind a reader at APDU level. */
export async function measureReads(times: number): Promise<readonly ReadTimes[]> {
  const photoJpeg = readFileSync(demoFaces(MODELS_DIR)[0]?.cardPhoto ?? '');
  const person = makePerson('normal', { photoJpeg, today: new Date(), wireSpeed: true });
  const results: ReadTimes[] = [];
  for (const { name, answers, card } of GENERATIONS) {
    const read = async (wireSpeed: boolean) => {
      await using reader = new SimulatedCardReader();
      reader.insert(new VirtualCard({ ...person, ...card, wireSpeed }));
      const { timingsMs } = await readThaiId(reader, { ...LIMITS, atr: card.atr });
      return timingsMs;
    };
    const [text, whole, software]: [number[], number[], number[]] = [[], [], []];
    for (let round = 0; round < times; round++) {
      const { select, text: textOnly, total } = await read(true);
      text.push(select + textOnly);
      whole.push(total);
      software.push((await read(false)).total);
    }
    results.push({
      generation: name,
      answers,
      textMs: spread(text),
      wholeMs: spread(whole),
      softwareMs: spread(software),
    });
  }
  return results;
}
