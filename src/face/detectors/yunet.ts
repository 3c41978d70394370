import type { Detection } from '../detections.ts';
import type { DecoderOf } from '../manifest/decoder-schema.ts';
import { at, type DetectorInput, type Outputs, readFive } from './outputs.ts';

/**
 * YuNet, one prediction for each cell of a grid: for every stride `cls` and `obj` 1×N×1 (0..1), `bbox` 1×N×4 (middle from the
 * cell's corner in cells; ln of width and height in cells) and `kps` 1×N×10 (right eye, left eye, nose, right and left corner of
 * the mouth, from the cell's corner in cells), N = (width / stride) · (height / stride), row by row.
 * The score is the geometric mean of `cls` and `obj`.
 * @source OpenCV Zoo, face_detection_yunet_2023mar; OpenCV modules/objdetect, FaceDetectorYN
 */
export function decodeYunet(
  output: Outputs,
  decoder: DecoderOf<'yunet'>,
  { width }: DetectorInput,
): readonly Detection[] {
  const found: Detection[] = [];
  for (const { stride, ...names } of decoder.levels) {
    const [cls, obj] = [output(names.cls), output(names.obj)];
    const [bbox, kps] = [output(names.bbox), output(names.kps)];
    const columns = width / stride;
    for (let cell = 0; cell < cls.length; cell++) {
      const score = Math.sqrt(share(at(cls, cell)) * share(at(obj, cell)));
      if (!(score >= decoder.minScore)) continue;
      const [column, row] = [cell % columns, Math.floor(cell / columns)];
      const boxWidth = Math.exp(at(bbox, cell * 4 + 2)) * stride;
      const boxHeight = Math.exp(at(bbox, cell * 4 + 3)) * stride;
      const x = (column + at(bbox, cell * 4)) * stride - boxWidth / 2;
      const y = (row + at(bbox, cell * 4 + 1)) * stride - boxHeight / 2;
      const points = readFive((value) => ({
        x: (column + at(kps, cell * 10 + value)) * stride,
        y: (row + at(kps, cell * 10 + value + 1)) * stride,
      }));
      found.push({ score, box: { x, y, width: boxWidth, height: boxHeight }, points });
    }
  }
  return found;
}

function share(value: number): number {
  return Math.min(1, Math.max(0, value));
}
