import { z } from 'zod';

const output = z.string().min(1);
const stride = z.int().positive();

const common = {
  /** Detection score, 0..1, below which there is no face. */
  minScore: z.number().min(0).max(1),
  /** Of two detections that overlap by more than this the better one is kept. */
  maxIou: z.number().min(0).max(1),
};

/** How a detector's outputs become faces, by family; `src/face/detectors` says what each computes. */
export const decoderSchema = z.discriminatedUnion('family', [
  z.strictObject({ family: z.literal('ultraface'), scores: output, boxes: output, ...common }),
  z.strictObject({
    family: z.literal('yunet'),
    levels: z.array(z.strictObject({ stride, cls: output, obj: output, bbox: output, kps: output })).min(1),
    ...common,
  }),
  z.strictObject({
    family: z.literal('scrfd'),
    levels: z.array(z.strictObject({ stride, score: output, bbox: output, kps: output })).min(1),
    anchorsPerCell: z.int().positive(),
    ...common,
  }),
  z.strictObject({
    family: z.literal('blazeface'),
    /** Grids of anchors. Where several name the same output, it holds them one behind the other. */
    levels: z.array(z.strictObject({ stride, perCell: z.int().positive(), scores: output, boxes: output })).min(1),
    /** Keypoints that follow each box; they are not used, for there are no corners of the mouth among them. */
    keypoints: z.int().nonnegative(),
    ...common,
  }),
]);

export type Decoder = z.infer<typeof decoderSchema>;
export type DecoderOf<Family extends Decoder['family']> = Extract<Decoder, { family: Family }>;

/** Whether this family finds eyes, nose and corners of the mouth by itself. */
export function givesFivePoints({ family }: Decoder): boolean {
  return family === 'yunet' || family === 'scrfd';
}

/** The width and height of the input are multiples of this; pixels. */
export function largestStride(decoder: Decoder): number {
  switch (decoder.family) {
    case 'ultraface':
      return 1;
    case 'yunet':
    case 'scrfd':
    case 'blazeface':
      return Math.max(...decoder.levels.map((level) => level.stride));
  }
}
