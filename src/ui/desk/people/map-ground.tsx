import type { Spot } from './spread.ts';

/** The ground of the map: fields, a stream, and the way from village to village in the suggested order. */
export function MapGround({ route }: { readonly route: readonly Spot[] }) {
  const way = route.map(({ x, y }) => `${(x * 100).toFixed(1)},${(y * 100).toFixed(1)}`).join(' ');
  return (
    <svg class="ground" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
      <path class="field" d="M0 22C22 8 40 18 58 12S88 4 100 12V0H0z" />
      <path class="field" d="M0 78c18-8 34 4 52-2s30-14 48-4v28H0z" />
      <path class="stream" d="M-2 46c16-10 26 8 42 4s20-20 34-14 16 14 28 8" />
      <polyline class="way" points={way} />
    </svg>
  );
}
