import type { Detection } from '../detections.ts';
import type { DecoderOf } from '../manifest/decoder-schema.ts';
import { at, type DetectorInput, type Outputs } from './outputs.ts';

/**
 * BlazeFace: `scores` 1×N×1 (logits) and `boxes` 1×N×(4 + 2·keypoints): middle from the anchor, width and height, then the
 * keypoints from the anchor, x before y, all in pixels of the input. The anchors are the middles of the cells of each grid; the
 * short-range model (128×128) has 16·16·2 + 8·8·6 = 896 of them, in one output or in one for each grid, and 6 keypoints.
 * Its keypoints (eyes, nose, middle of the mouth, ears) are no five points: it needs a landmarks model.
 * @source MediaPipe modules/face_detection (SsdAnchorsCalculator with fixed anchor size, TensorsToDetectionsCalculator)
 */
export function decodeBlazeface(
  output: Outputs,
  decoder: DecoderOf<'blazeface'>,
  { width, height }: DetectorInput,
): readonly Detection[] {
  const values = 4 + 2 * decoder.keypoints;
  const found: Detection[] = [];
  const used = new Map<string, number>();
  for (const { stride, perCell, ...names } of decoder.levels) {
    const [scores, boxes] = [output(names.scores), output(names.boxes)];
    const first = used.get(names.scores) ?? 0;
    const columns = width / stride;
    const count = columns * (height / stride) * perCell;
    for (let own = 0; own < count; own++) {
      const anchor = first + own;
      const score = 1 / (1 + Math.exp(-at(scores, anchor)));
      if (!(score >= decoder.minScore)) continue;
      const cell = Math.floor(own / perCell);
      const value = (index: number) => at(boxes, anchor * values + index);
      const x = ((cell % columns) + 0.5) * stride + value(0) - value(2) / 2;
      const y = (Math.floor(cell / columns) + 0.5) * stride + value(1) - value(3) / 2;
      found.push({ score, box: { x, y, width: value(2), height: value(3) } });
    }
    used.set(names.scores, first + count);
  }
  return found;
}
