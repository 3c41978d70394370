import type { Detection } from '../detections.ts';
import type { Decoder } from '../manifest/decoder-schema.ts';
import { decodeBlazeface } from './blazeface.ts';
import type { DetectorInput, Outputs } from './outputs.ts';
import { decodeScrfd } from './scrfd.ts';
import { decodeUltraface } from './ultraface.ts';
import { decodeYunet } from './yunet.ts';

/** A detector's outputs as faces, overlapping ones and all, in pixels of its input. */
export function decodeFaces(output: Outputs, decoder: Decoder, input: DetectorInput): readonly Detection[] {
  switch (decoder.family) {
    case 'ultraface':
      return decodeUltraface(output, decoder, input);
    case 'yunet':
      return decodeYunet(output, decoder, input);
    case 'scrfd':
      return decodeScrfd(output, decoder, input);
    case 'blazeface':
      return decodeBlazeface(output, decoder, input);
  }
}
