import type { Places, Presentation } from './simulated-scene.ts';

/** Of the ring light at full level on a face 60 cm away, lux. */
export const RING_LUX = 300;
/** The level at which the still looks as it was taken. */
const TAKEN_AT = 0.7;
/** Tone curve of the camera, near enough. */
const GAMMA = 2.2;
/** Behind the person, 2.4 m away, falls this share of the ring's light: (0.6 ÷ 2.4)². */
const ROOM_SHARE = 0.0625;
const BODY_SHARE = 0.7;
/** A screen of 250 cd/m² with a glass that scatters 4 %: 300 lux add 300 × 0.04 ÷ π = 3.8 cd/m². */
const SCREEN_ANSWER = 3.8 / 250;
/** The ring in the glass: a bright spot, no larger than an eye. */
const GLARE = { answer: 0.6, radius: 0.03 };
/** Width of the detector's box by its height; a head is a tenth wider, and higher by hair and chin. */
const FACE_SHAPE = 0.69;
const HEAD = { wider: 1.1, higher: 1.15 };
/** Light of a room: most from everywhere, the rest from above and before. */
const EVEN_LIGHT = 0.6;
const FROM_ABOVE = { y: -0.8, z: 0.6 };

export const GRID = { columns: 80, rows: 45 } as const;

/** What differs from one presentation to the next of the same kind. */
export interface Chance {
  /** By how much the right edge of a sheet answers more than its middle, −0.1..0.1: it is held askew. */
  readonly slant: number;
  /** Where the ring is mirrored in a screen, parts of the sheet. */
  readonly glareX: number;
  readonly glareY: number;
}

/**
 * How strongly each place answers the ring light: its light at full level over the other light there, on a grid of
 * {@link GRID} over the still. Physics of a lamp at the lens: inverse squares and Lambert's cosine on an ellipsoid for a head.
 * @param ambientLux other light on the face; as much falls on the room
 */
export function answersOf(
  presentation: Presentation,
  places: Places,
  ambientLux: number,
  chance: Chance,
): Float32Array {
  const answers = new Float32Array(GRID.columns * GRID.rows);
  const own = RING_LUX / ambientLux;
  const sheet = places.sheet ?? sheetAround(places);
  for (let row = 0; row < GRID.rows; row++) {
    for (let column = 0; column < GRID.columns; column++) {
      const x = column / (GRID.columns - 1);
      const y = row / (GRID.rows - 1);
      const isOnSheet = x > sheet.left && x < sheet.right && y > sheet.top && y < sheet.bottom;
      answers[row * GRID.columns + column] = answerAt(presentation, places, x, y, isOnSheet, own, sheet, chance);
    }
  }
  return answers;
}

function answerAt(
  presentation: Presentation,
  places: Places,
  x: number,
  y: number,
  isOnSheet: boolean,
  own: number,
  sheet: ReturnType<typeof sheetAround>,
  { slant, glareX, glareY }: Chance,
): number {
  if (presentation === 'injected' || presentation === 'replayed') return 0;
  const width = sheet.right - sheet.left;
  if (presentation === 'screen') {
    if (!isOnSheet) return own * ROOM_SHARE;
    const dx = (x - sheet.left - glareX * width) * ASPECT;
    const dy = y - sheet.top - glareY * (sheet.bottom - sheet.top);
    return SCREEN_ANSWER + GLARE.answer * Math.exp(-(dx * dx + dy * dy) / (2 * GLARE.radius ** 2));
  }
  if (presentation === 'print' || places.sheet !== null)
    return isOnSheet ? own * (1 + (slant * (x - places.face.x)) / (width / 2)) : own * ROOM_SHARE;
  return own * shareOfPerson(places, x, y);
}

const ASPECT = 16 / 9;

/** Share of the ring's light that a place of a person gives back, against the other light that it gives back. */
function shareOfPerson({ face }: Places, x: number, y: number): number {
  const across = (0.5 * FACE_SHAPE * HEAD.wider * face.height) / ASPECT;
  const down = 0.5 * HEAD.higher * face.height;
  const u = (x - face.x) / across;
  const v = (y - face.y) / down;
  const away = u * u + v * v;
  if (away < 1) {
    const facing = Math.sqrt(1 - away);
    const other = EVEN_LIGHT + (1 - EVEN_LIGHT) * Math.max(0, v * FROM_ABOVE.y + facing * FROM_ABOVE.z);
    // The sides of a head are 8 cm further away than the nose.
    const nearness = (0.6 / (0.6 + 0.08 * (1 - facing))) ** 2;
    return (Math.max(0.05, facing) * nearness) / other;
  }
  const isBody = y > face.y + 0.9 * down && Math.abs(x - face.x) * ASPECT < face.height;
  return isBody ? BODY_SHARE : ROOM_SHARE;
}

/** Factors by which the still's values become those at a level of the ring light. */
export function factorsAt(answers: Float32Array, ring: number | null): Float32Array {
  if (ring === null) return new Float32Array(answers.length).fill(1);
  return answers.map((answer) => ((1 + answer * ring) / (1 + answer * TAKEN_AT)) ** (1 / GAMMA));
}

/** Where a print or a screen is held up, so that the face on it stands where a living one would. */
export function sheetAround({ face }: Pick<Places, 'face'>) {
  const half = { x: (0.85 * face.height) / ASPECT, y: 0.95 * face.height };
  return {
    left: face.x - half.x,
    right: face.x + half.x,
    top: Math.max(0.02, face.y - half.y),
    bottom: Math.min(0.98, face.y + half.y),
  };
}
