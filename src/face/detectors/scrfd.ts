import type { Detection } from '../detections.ts';
import type { DecoderOf } from '../manifest/decoder-schema.ts';
import { at, byCorners, type DetectorInput, type Outputs, readFive } from './outputs.ts';

/**
 * SCRFD, distances from anchors: for every stride `score` N×1 (0..1), `bbox` N×4 (left, top, right, bottom from the anchor, in
 * strides) and `kps` N×10 (right eye, left eye, nose, right and left corner of the mouth from the anchor, in strides; right and
 * left are the person's own). N = (width / stride) · (height / stride) · anchors, the anchors of a cell one behind the other, at
 * its upper left corner.
 * @source InsightFace, detection/scrfd (its model zoo's `det_*g` and `scrfd_*_bnkps`)
 */
export function decodeScrfd(
  output: Outputs,
  decoder: DecoderOf<'scrfd'>,
  { width }: DetectorInput,
): readonly Detection[] {
  const found: Detection[] = [];
  for (const { stride, ...names } of decoder.levels) {
    const [scores, bbox, kps] = [output(names.score), output(names.bbox), output(names.kps)];
    const columns = width / stride;
    for (let anchor = 0; anchor < scores.length; anchor++) {
      const score = at(scores, anchor);
      if (!(score >= decoder.minScore)) continue;
      const cell = Math.floor(anchor / decoder.anchorsPerCell);
      const [x, y] = [(cell % columns) * stride, Math.floor(cell / columns) * stride];
      const away = (value: number) => at(bbox, anchor * 4 + value) * stride;
      const points = readFive((value) => ({
        x: x + at(kps, anchor * 10 + value) * stride,
        y: y + at(kps, anchor * 10 + value + 1) * stride,
      }));
      found.push({ ...byCorners(score, x - away(0), y - away(1), x + away(2), y + away(3)), points });
    }
  }
  return found;
}
