import { FaceGuide, RestingFace } from '../drawings/face.tsx';
import type { PreviewFeed } from '../link/preview-feed.ts';
import { usePreview } from './use-preview.ts';

interface PreviewProps {
  readonly feed: PreviewFeed;
  readonly isFramed: boolean;
}

/** The mirrored camera picture in an oval: dashed while the face is being placed, solid when it is well placed. */
export function PreviewOval({ feed, isFramed }: PreviewProps) {
  const { canvas, hasPicture } = usePreview(feed);
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

/**
 * The camera's picture for whoever holds the station: large, as the eye sees it (the mirrored frames are turned back), and
 * a ring instead of an oval, for somebody who lies looks up at any angle.
 */
export function PreviewRing({ feed, isFramed }: PreviewProps) {
  const { canvas, hasPicture } = usePreview(feed);
  return (
    <div class={`ring ${isFramed ? 'framed' : ''}`}>
      <canvas ref={canvas} />
      {hasPicture ? null : <RestingFace />}
      <svg class="oval-line" viewBox="0 0 100 100" aria-hidden="true">
        <circle class="halo" cx="50" cy="50" r="46" />
        <circle cx="50" cy="50" r="46" pathLength="100" />
      </svg>
    </div>
  );
}
