import type { Detection } from '../detections.ts';
import type { DecoderOf } from '../manifest/decoder-schema.ts';
import { at, type DetectorInput, type Outputs } from './outputs.ts';

/**
 * Ultra-Light-Fast-Generic-Face-Detector: `scores` 1×N×2 (background, face) and `boxes` 1×N×4, already decoded:
 * x1 y1 x2 y2 in parts of the input. N = 4,420 for 320×240.
 * @source github.com/Linzaer/Ultra-Light-Fast-Generic-Face-Detector-1MB
 */
export function decodeUltraface(
  output: Outputs,
  decoder: DecoderOf<'ultraface'>,
  { width, height }: DetectorInput,
): readonly Detection[] {
  const scores = output(decoder.scores);
  const boxes = output(decoder.boxes);
  const found: Detection[] = [];
  for (let anchor = 0; anchor * 2 < scores.length; anchor++) {
    const score = at(scores, anchor * 2 + 1);
    if (!(score >= decoder.minScore)) continue;
    const [x1, y1] = [at(boxes, anchor * 4), at(boxes, anchor * 4 + 1)];
    const [x2, y2] = [at(boxes, anchor * 4 + 2), at(boxes, anchor * 4 + 3)];
    found.push({
      score,
      box: { x: x1 * width, y: y1 * height, width: (x2 - x1) * width, height: (y2 - y1) * height },
    });
  }
  return found;
}
