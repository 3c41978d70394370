import { look, type Place, type Shade } from './attack-scene.ts';
import type { Random } from './random.ts';
import type { Pixels } from './variants.ts';

/** What is seen at a place of a thing; `false` = it is not there. */
export type Surface = (place: Place, into: [number, number, number]) => boolean;

const within = ([u, v]: Place, limit = 1) => Math.abs(u) <= limit && Math.abs(v) <= limit;
const between = (random: Random, low: number, high: number) => low + (high - low) * random();

/** The picture itself, without any trace of how it is shown. */
export function bare(picture: Pixels): Surface {
  return ([u, v], into) => {
    look(picture, ((u + 1) / 2) * picture.width - 0.5, ((v + 1) / 2) * picture.height - 0.5, into);
    return true;
  };
}

/**
 * Printed on paper: pale inks, raised black, the paper's own white as a border, and a printer's dots, one screen for each ink.
 * @param dots along the height of the picture
 */
export function printed(picture: Pixels, dots: number, random: Random): Surface {
  const paper = [between(random, 236, 248), between(random, 234, 246), between(random, 222, 238)] as const;
  const [saturation, range, black] = [between(random, 0.6, 0.85), between(random, 0.62, 0.8), between(random, 25, 50)];
  const depth = between(random, 0.15, 0.35);
  const margin = between(random, 0.02, 0.12);
  const aspect = picture.width / picture.height;
  const screens = [15, 45, 75].map((degrees) => {
    const angle = (degrees * Math.PI) / 180;
    return [Math.cos(angle) * Math.PI * dots, Math.sin(angle) * Math.PI * dots] as const;
  });
  const inner = bare(picture);
  return (place, into) => {
    if (!within(place)) return false;
    const [u, v] = [place[0] / (1 - margin), place[1] / (1 - margin)];
    if (!within([u, v])) {
      for (let c = 0; c < 3; c++) into[c] = paper[c] as number;
      return true;
    }
    inner([u, v], into);
    const grey = 0.299 * into[0] + 0.587 * into[1] + 0.114 * into[2];
    for (let c = 0; c < 3; c++) {
      const ink = (grey + saturation * ((into[c] as number) - grey)) / 255;
      const [cos, sin] = screens[c] as readonly [number, number];
      const [along, across] = [cos * u * aspect + sin * v, -sin * u * aspect + cos * v];
      // Middle tones show the dots most; full ink and bare paper show none.
      const dot = depth * 4 * ink * (1 - ink) * Math.cos(along) * Math.cos(across);
      const level = Math.min(1, Math.max(0, ink + dot));
      into[c] = black + range * level * (paper[c] as number);
    }
    return true;
  };
}

/**
 * Shown on a screen: rows of red, green and blue stripes with gaps between them, raised black, a cold cast, highlights that
 * clip, a spot of glare and a dark bezel.
 * @param rows of the display along the height of the picture
 */
export function shown(picture: Pixels, rows: number, random: Random): Surface {
  const [bezel, gain, black] = [between(random, 0.03, 0.1), between(random, 1.1, 1.35), between(random, 10, 30)];
  const cast = [between(random, 0.86, 0.96), between(random, 0.94, 1), between(random, 1.04, 1.15)] as const;
  const glare = { u: between(random, -0.8, 0.8), v: between(random, -0.8, 0.8), size: between(random, 0.05, 0.15) };
  const aspect = picture.width / picture.height;
  const inner = bare(picture);
  return (place, into) => {
    if (!within(place)) return false;
    const [u, v] = [place[0] / (1 - bezel), place[1] / (1 - bezel)];
    const isLit = within([u, v]);
    if (isLit) {
      const [column, row] = [((u + 1) / 2) * rows * aspect, ((v + 1) / 2) * rows];
      const [fraction, gap] = [column - Math.floor(column), row - Math.floor(row) > 0.8];
      // The display shows its own pixels, not places between them.
      const shownU = (2 * (Math.floor(column) + 0.5)) / (rows * aspect) - 1;
      inner([shownU, (2 * (Math.floor(row) + 0.5)) / rows - 1], into);
      const stripe = Math.floor(fraction * 3);
      for (let c = 0; c < 3; c++) {
        // Light of the neighbours leaks in; on average over a pixel a channel is as bright as it should be.
        const mask = (c === stripe ? 1.5 : 0.75) * (gap ? 0.6 : 1.1);
        into[c] = black + Math.min(255, (into[c] as number) * gain) * (cast[c] as number) * mask;
      }
    } else into.fill(12);
    const spot = ((place[0] - glare.u) ** 2 + (place[1] - glare.v) ** 2) / glare.size ** 2;
    const shine = 190 * Math.exp(-spot);
    for (let c = 0; c < 3; c++) into[c] = (into[c] as number) + shine;
    return true;
  };
}

/** A print of which only the head and the shoulders are left. */
export function cutOut(surface: Surface): Surface {
  return (place, into) => {
    const [u, v] = place;
    const isHead = (u / 0.52) ** 2 + ((v + 0.02) / 0.72) ** 2 < 1;
    const isShoulder = v > 0.55 && Math.abs(u) < 0.35 + 0.9 * (v - 0.5);
    return (isHead || isShoulder) && surface(place, into);
  };
}

/** A thing before a room: soft, of a few colours. */
export function before(surface: Surface, view: (x: number, y: number) => Place, room: Shade): Shade {
  return (x, y, into) => {
    if (!surface(view(x, y), into)) room(x, y, into);
  };
}

/** A wall with a slow change of colour and some soft shapes on it. */
export function someRoom(side: number, random: Random): Shade {
  const base = [between(random, 60, 190), between(random, 60, 190), between(random, 60, 190)] as const;
  const waves = Array.from({ length: 4 }, () => ({
    x: between(random, -9, 9) / side,
    y: between(random, -9, 9) / side,
    phase: between(random, 0, 6.28),
    depth: between(random, 4, 14),
  }));
  return (x, y, into) => {
    let shade = 0;
    for (const wave of waves) shade += wave.depth * Math.sin(wave.x * x + wave.y * y + wave.phase);
    for (let c = 0; c < 3; c++) into[c] = (base[c] as number) + shade;
  };
}
