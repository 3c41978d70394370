import { channels, type ModelInput } from './manifest.ts';
import { type Raster, toGrey } from './raster.ts';

/**
 * Lays a picture out as a model's input (NCHW, float32, (value − mean) / std in the model's channel order).
 * Where the picture is smaller than the input it lies at (`offsetX`, `offsetY`) and the rest stays 0.
 */
export function toTensor(picture: Raster, input: ModelInput, offsetX = 0, offsetY = 0): Float32Array {
  const plane = input.width * input.height;
  const tensor = new Float32Array(channels(input.colour) * plane);
  const values = input.colour === 'grey' ? toGrey(picture) : picture.data;
  const depth = input.colour === 'grey' ? 1 : 3;
  for (let channel = 0; channel < depth; channel++) {
    const from = input.colour === 'BGR' ? 2 - channel : channel;
    const mean = input.mean[channel] as number;
    const perUnit = 1 / (input.std[channel] as number);
    for (let y = 0; y < picture.height; y++) {
      let at = channel * plane + (y + offsetY) * input.width + offsetX;
      let pixel = y * picture.width * depth + from;
      for (let x = 0; x < picture.width; x++, at++, pixel += depth) {
        tensor[at] = ((values[pixel] as number) - mean) * perUnit;
      }
    }
  }
  return tensor;
}
