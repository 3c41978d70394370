/** Hands preview frames to the one canvas that shows them, and keeps none. */
export interface PreviewFeed {
  push(jpeg: Blob): void;
  /** Returns the way to stop. */
  watch(show: (jpeg: Blob) => void): () => void;
}

export function createPreviewFeed(): PreviewFeed {
  let show: ((jpeg: Blob) => void) | undefined;
  return {
    push: (jpeg) => show?.(jpeg),
    watch(next) {
      show = next;
      return () => {
        if (show === next) show = undefined;
      };
    },
  };
}
