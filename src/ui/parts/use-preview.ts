import { useEffect, useRef, useState } from 'preact/hooks';
import type { PreviewFeed } from '../link/preview-feed.ts';

/** Draws the camera's pictures as they come, and wipes the last one when it goes. */
export function usePreview(feed: PreviewFeed) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [hasPicture, setHasPicture] = useState(false);
  useEffect(() => {
    let isOver = false;
    const stop = feed.watch(async (jpeg) => {
      const bitmap = await createImageBitmap(jpeg).catch(() => undefined);
      if (bitmap && !isOver && canvas.current) {
        draw(canvas.current, bitmap);
        setHasPicture(true);
      }
      bitmap?.close();
    });
    const shown = canvas.current;
    return () => {
      isOver = true;
      stop();
      if (shown) wipe(shown);
    };
  }, [feed]);
  return { canvas, hasPicture };
}

function draw(canvas: HTMLCanvasElement, bitmap: ImageBitmap): void {
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
}

/** Setting the size empties the canvas (HTML, "bitmap dimensions"), even when it is already off the page. */
function wipe(canvas: HTMLCanvasElement): void {
  canvas.width = 1;
  canvas.height = 1;
}
