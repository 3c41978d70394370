/**
 * Power spectrum of a square grey picture, Hann window, mean removed.
 * @param grey side × side values; `side` is a power of two
 * @returns |F|² of the half plane 0 ≤ kx ≤ side/2: row ky (0..side−1), column kx, (side/2 + 1) values a row
 */
export function powerSpectrum(grey: ArrayLike<number>, side: number): Float64Array {
  const half = side / 2 + 1;
  const [waveRe, waveIm] = wave(side);
  const window = Float64Array.from(
    { length: side },
    (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (at + 0.5)) / side),
  );
  let mean = 0;
  for (let at = 0; at < side * side; at++) mean += grey[at] as number;
  mean /= side * side;
  // Two real rows go through one complex transform.
  const [rowsRe, rowsIm] = [new Float64Array(side * half), new Float64Array(side * half)];
  const [re, im] = [new Float64Array(side), new Float64Array(side)];
  for (let y = 0; y < side; y += 2) {
    for (let x = 0; x < side; x++) {
      const weight = window[x] as number;
      re[x] = ((grey[y * side + x] as number) - mean) * weight * (window[y] as number);
      im[x] = ((grey[(y + 1) * side + x] as number) - mean) * weight * (window[y + 1] as number);
    }
    transform(re, im, waveRe, waveIm);
    for (let k = 0; k < half; k++) {
      const back = (side - k) % side;
      const a = re[k] as number;
      const b = im[k] as number;
      const c = re[back] as number;
      const d = im[back] as number;
      rowsRe[y * half + k] = (a + c) / 2;
      rowsIm[y * half + k] = (b - d) / 2;
      rowsRe[(y + 1) * half + k] = (b + d) / 2;
      rowsIm[(y + 1) * half + k] = (c - a) / 2;
    }
  }
  const power = new Float64Array(side * half);
  for (let k = 0; k < half; k++) {
    for (let y = 0; y < side; y++) {
      re[y] = rowsRe[y * half + k] as number;
      im[y] = rowsIm[y * half + k] as number;
    }
    transform(re, im, waveRe, waveIm);
    for (let y = 0; y < side; y++) power[y * half + k] = (re[y] as number) ** 2 + (im[y] as number) ** 2;
  }
  return power;
}

function wave(side: number): readonly [Float64Array, Float64Array] {
  const angle = (k: number) => (-2 * Math.PI * k) / side;
  return [
    Float64Array.from({ length: side / 2 }, (_, k) => Math.cos(angle(k))),
    Float64Array.from({ length: side / 2 }, (_, k) => Math.sin(angle(k))),
  ];
}

/** Fast Fourier transform in place (Cooley and Tukey, radix 2). */
function transform(re: Float64Array, im: Float64Array, waveRe: Float64Array, waveIm: Float64Array): void {
  const size = re.length;
  for (let at = 1, to = 0; at < size; at++) {
    let bit = size >> 1;
    for (; to & bit; bit >>= 1) to ^= bit;
    to ^= bit;
    if (at >= to) continue;
    const oneRe = re[at] as number;
    const oneIm = im[at] as number;
    re[at] = re[to] as number;
    im[at] = im[to] as number;
    re[to] = oneRe;
    im[to] = oneIm;
  }
  for (let span = 1; span < size; span *= 2) {
    const stride = size / (2 * span);
    for (let start = 0; start < size; start += 2 * span) {
      for (let k = 0, at = start; k < span; k++, at++) {
        const c = waveRe[k * stride] as number;
        const s = waveIm[k * stride] as number;
        const highRe = re[at + span] as number;
        const highIm = im[at + span] as number;
        const turnedRe = highRe * c - highIm * s;
        const turnedIm = highRe * s + highIm * c;
        re[at + span] = (re[at] as number) - turnedRe;
        im[at + span] = (im[at] as number) - turnedIm;
        re[at] = (re[at] as number) + turnedRe;
        im[at] = (im[at] as number) + turnedIm;
      }
    }
  }
}

/** Waves longer than this are the face itself, pixels. */
const LONGEST_WAVE = 8;
/** Neighbours that a peak is measured against: within this many bins, but not right beside it (the window widens a peak by one). */
const [NEAR, BESIDE] = [4, 2] as const;

/**
 * How far the strongest regular grid of a picture stands out: power of the highest isolated peak over that of its
 * surroundings in the spectrum, as its natural logarithm. Noise and natural texture give about 2; a screen's raster, the moiré
 * of it and a printer's dots give a line. JPEG's own blocks of 8 pixels are left out.
 * @param power see {@link powerSpectrum}
 */
export function gridPeak(power: Float64Array, side: number): number {
  const half = side / 2 + 1;
  let strongest = 0;
  for (let ky = 0; ky < side; ky++) {
    const y = ky <= side / 2 ? ky : ky - side;
    for (let kx = 1; kx < half - 1; kx++) {
      const here = power[ky * half + kx] as number;
      // Only a local maximum is worth the neighbourhood.
      if (here < (power[ky * half + kx - 1] as number) || here < (power[ky * half + kx + 1] as number)) continue;
      if (here < (power[((ky + 1) % side) * half + kx] as number)) continue;
      if (here < (power[((ky + side - 1) % side) * half + kx] as number)) continue;
      if (kx * kx + y * y < (side / LONGEST_WAVE) ** 2 || isBlockWave(kx, y, side)) continue;
      const around = surroundings(power, side, kx, ky);
      if (around > 0) strongest = Math.max(strongest, here / around);
    }
  }
  return Math.log(Math.max(1, strongest));
}

/** JPEG blocks repeat every 8 pixels: their waves lie on the axes, at whole multiples of an eighth of the sampling rate. */
function isBlockWave(kx: number, ky: number, side: number): boolean {
  const isMultiple = (k: number) => Math.abs(k / (side / 8) - Math.round(k / (side / 8))) * (side / 8) < 2;
  return (Math.abs(ky) < 2 && isMultiple(kx)) || (kx < 2 && isMultiple(ky)) || (isMultiple(kx) && isMultiple(ky));
}

function surroundings(power: Float64Array, side: number, kx: number, ky: number): number {
  const half = side / 2 + 1;
  let sum = 0;
  let count = 0;
  for (let dy = -NEAR; dy <= NEAR; dy++) {
    for (let dx = -NEAR; dx <= NEAR; dx++) {
      if (Math.max(Math.abs(dx), Math.abs(dy)) < BESIDE) continue;
      const x = kx + dx;
      if (x < 0 || x >= half) continue;
      sum += power[((ky + dy + side) % side) * half + x] as number;
      count++;
    }
  }
  return count === 0 ? 0 : sum / count;
}
