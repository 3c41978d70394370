import { useEffect, useRef, useState } from 'preact/hooks';
import { FaceGuide } from '../drawings/face.tsx';
import type { PreviewFeed } from '../link/preview-feed.ts';

/** The mirrored camera picture in an oval: dashed while the face is being placed, solid when it is well placed. */
export function PreviewOval({ feed, isFramed }: { readonly feed: PreviewFeed; readonly isFramed: boolean }) {
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

  return (
    <div class={`oval ${isFramed ? 'framed' : ''}`}>
      <canvas ref={canvas} />
      {hasPicture ? null : <FaceGuide />}
      <svg class="oval-line" viewBox="0 0 76 100" aria-hidden="true">
        <ellipse cx="38" cy="50" rx="35.5" ry="47.5" pathLength="100" />
      </svg>
    </div>
  );
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
