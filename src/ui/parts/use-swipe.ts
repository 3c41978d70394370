import { useRef } from 'preact/hooks';

/** A finger's way that counts as a swipe, px of CSS. */
const LEAST_PX = 40;

/** Handlers for an element that is swiped to the next (leftwards) or the one before. */
export function useSwipe(onNext: () => void, onBack: () => void) {
  const start = useRef<{ readonly x: number; readonly y: number } | null>(null);
  return {
    onPointerDown: ({ clientX: x, clientY: y }: PointerEvent) => {
      start.current = { x, y };
    },
    onPointerUp: ({ clientX, clientY }: PointerEvent) => {
      const from = start.current;
      start.current = null;
      if (!from) return;
      const across = clientX - from.x;
      if (Math.abs(across) < LEAST_PX || Math.abs(across) < Math.abs(clientY - from.y)) return;
      if (across < 0) onNext();
      else onBack();
    },
  };
}
