import { encode } from 'uqr';

/**
 * A QR for a telephone's camera: dark on white in every contrast, for cameras need it so. A glass has no dirt or creases: a long
 * text gets larger squares instead of more correction.
 */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { data, size } = encode(text, { ecc: text.length > 100 ? 'L' : 'M', border: 3 });
  const dark = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')));
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={dark.join('')} fill="#0b1f33" shape-rendering="crispEdges" />
    </svg>
  );
}
