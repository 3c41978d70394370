import sharp from 'sharp';
import { headDepth, type Light, look, photograph, planeView, type Shade, type Stand } from './attack-scene.ts';
import { bare, before, cutOut, printed, type Surface, shown, someRoom } from './attack-surfaces.ts';
import type { Random } from './random.ts';
import type { Pixels } from './variants.ts';

/**
 * Attack presentations made out of photographs, since none may be shipped. **Synthetic**: they show what the software does
 * with what it was told an attack looks like, and nothing of how real attacks fare.
 */
export const SPECIES = [
  'print-photo',
  'print-card-photo',
  'screen-photo',
  'screen-card-photo',
  'cut-out',
  'replayed-card-photo',
] as const;
export type Species = (typeof SPECIES)[number];

/** What one capture is made of. */
export interface SampleSource {
  /** A photograph of the person that is not on the card. */
  readonly photo: Uint8Array;
  /** What the chip holds. */
  readonly cardPhoto: Uint8Array;
}

/** Side of a frame, pixels. */
const SIDE = 256;
/** Sensor noise, grey levels; quality of the camera's JPEG. */
const CAMERA = { noise: 1.8, quality: 88 } as const;
const within = (random: Random, limit: number) => (2 * random() - 1) * limit;

/**
 * The frames of one capture of a presentation, as JPEG. The same source, kind, count and seed give the same frames.
 * @param seedOf randomness of the capture's own (`'capture'`) and of each frame
 */
export async function captureOf(
  kind: Species | 'bona-fide',
  source: SampleSource,
  frames: number,
  seedOf: (part: string) => Random,
): Promise<readonly Uint8Array[]> {
  const random = seedOf('capture');
  const isCard = kind === 'print-card-photo' || kind === 'screen-card-photo' || kind === 'replayed-card-photo';
  const picture = await decode(isCard ? source.cardPhoto : source.photo);
  const light: Light = { gain: 1 + within(random, 0.12), slope: within(random, 0.5), degrees: 360 * random() };
  const scene = sceneOf(kind, picture, random);
  const made: Uint8Array[] = [];
  for (let frame = 0; frame < frames; frame++) {
    const own = seedOf(`frame ${frame}`);
    const moved = { ...light, gain: light.gain * (1 + within(own, 0.03)) };
    const pixels = photograph(scene.shade(own), SIDE, scene.samples, moved, CAMERA.noise, own);
    made.push(await encode(pixels));
  }
  return made;
}

interface Scene {
  /** Samples a side for each pixel: fine grids need several. */
  readonly samples: number;
  /** The scene of one frame: the same thing, moved a little. */
  shade(frame: Random): Shade;
}

function sceneOf(kind: Species | 'bona-fide', picture: Pixels, random: Random): Scene {
  const room = someRoom(SIDE, random);
  const aspect = picture.width / picture.height;
  if (kind === 'bona-fide') return { samples: 1, shade: (frame) => living(picture, frame) };
  if (kind === 'replayed-card-photo') {
    const stand = { ...facing(1.25 + 0.1 * random(), aspect), shift: [0, 0] } as const;
    return { samples: 1, shade: (frame) => flat(bare(picture), nudged(stand, frame, 0), room) };
  }
  const base: Stand = {
    ...facing((aspect < 1 ? 1.05 : 0.95) + 0.2 * random(), aspect),
    yaw: within(random, 14),
    pitch: within(random, 12),
    roll: within(random, 5),
  };
  const isScreen = kind === 'screen-photo' || kind === 'screen-card-photo';
  // About as fine as the frame's own pixels, as a print or a screen at arm's length is: where the two meet there is moiré.
  const fineness = SIDE * base.size * (isScreen ? 0.8 + 0.9 * random() : 0.4 + 0.4 * random());
  const surface = isScreen ? shown(picture, fineness, random) : printed(picture, fineness, random);
  const held = kind === 'cut-out' ? cutOut(surface) : surface;
  return { samples: isScreen ? 3 : 2, shade: (frame) => flat(held, nudged(base, frame, 5), room) };
}

const facing = (size: number, aspect: number): Stand => ({ yaw: 0, pitch: 0, roll: 0, size, aspect, shift: [0, 0] });

/** A hand is never still. @param tilt most degrees by which it tilts the thing */
function nudged(stand: Stand, random: Random, tilt: number): Stand {
  return {
    ...stand,
    yaw: stand.yaw + within(random, tilt),
    pitch: stand.pitch + within(random, tilt),
    roll: stand.roll + within(random, 2),
    size: stand.size * (1 + within(random, 0.03)),
    shift: [stand.shift[0] + within(random, 0.02), stand.shift[1] + within(random, 0.02)],
  };
}

function flat(surface: Surface, stand: Stand, room: Shade): Shade {
  return before(surface, planeView(stand, SIDE), room);
}

/** A person before the camera: the head turns a little, and what is nearer moves more. */
function living(picture: Pixels, random: Random): Shade {
  const stand = nudged(facing(1, picture.width / picture.height), random, 0);
  const [yaw, pitch] = [within(random, 6), within(random, 4)].map((degrees) => Math.sin((degrees * Math.PI) / 180));
  const view = planeView(stand, SIDE);
  return (x, y, into) => {
    const place = view(x, y);
    const depth = headDepth(place);
    const u = place[0] - (yaw as number) * depth;
    const v = place[1] - (pitch as number) * depth;
    look(picture, ((u + 1) / 2) * picture.width - 0.5, ((v + 1) / 2) * picture.height - 0.5, into);
  };
}

async function decode(image: Uint8Array): Promise<Pixels> {
  const { data, info } = await sharp(image)
    .autoOrient()
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`expected 3 channels, found ${info.channels}`);
  return { width: info.width, height: info.height, data };
}

async function encode({ data, width, height }: Pixels): Promise<Uint8Array> {
  return await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: CAMERA.quality, chromaSubsampling: '4:2:0' })
    .toBuffer();
}
