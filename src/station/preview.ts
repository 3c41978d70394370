import type { Frame } from '../peripherals/camera/port.ts';
import type { Visit } from '../visit/visit.ts';
import { previewMaker } from './registry.ts';

/** Ten previews a second are enough to find the oval. */
const PREVIEW_EVERY_MS = 100;

/** Shows frames small on the screen while a capture runs. @returns what takes each frame */
export async function startPreview(
  visit: () => Visit,
  show: (jpeg: Uint8Array) => void,
): Promise<(frame: Frame) => void> {
  const toPreview = await previewMaker();
  const isCapturing = () => {
    const state = visit();
    return state.phase === 'open' && state.capture === 'capturing';
  };
  let previewedAt = 0;
  return async (frame) => {
    if (frame.atMs - previewedAt < PREVIEW_EVERY_MS) return;
    previewedAt = frame.atMs;
    const jpeg = await toPreview(frame.jpeg);
    if (jpeg && isCapturing()) show(jpeg);
  };
}
