import { channels, type ModelInput } from './manifest.ts';
import { type Raster, toGrey } from './raster.ts';

/**
 * Lays a picture out as a model's input (NCHW or NHWC, float32, (value − mean) / std in the model's channel order).
 * Where the picture is smaller than the input it lies at (`offsetX`, `offsetY`) and the rest stays 0.
 */
export function toTensor(picture: Raster, input: ModelInput, offsetX = 0, offsetY = 0): Float32Array<ArrayBuffer> {
  const plane = input.width * input.height;
  const depth = channels(input.colour);
  const tensor = new Float32Array(depth * plane);
  const values = input.colour === 'grey' ? toGrey(picture) : picture.data;
  const [pixelStep, channelStep] = input.layout === 'NHWC' ? [depth, 1] : [1, plane];
  const isReversed = input.colour === 'BGR';
  for (let channel = 0; channel < depth; channel++) {
    const levels = levelsOf(input.mean[channel] as number, input.std[channel] as number);
    const from = isReversed ? depth - 1 - channel : channel;
    for (let y = 0; y < picture.height; y++) {
      let at = channel * channelStep + ((y + offsetY) * input.width + offsetX) * pixelStep;
      const end = at + picture.width * pixelStep;
      for (let pixel = y * picture.width * depth + from; at < end; at += pixelStep, pixel += depth) {
        tensor[at] = levels[values[pixel] as number] as number;
      }
    }
  }
  return tensor;
}

/** What each of the 256 levels becomes. */
function levelsOf(mean: number, std: number): Float32Array {
  return Float32Array.from({ length: 256 }, (_, level) => (level - mean) / std);
}
