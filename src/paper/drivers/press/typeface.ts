import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { create, type Font, type GlyphRun } from 'fontkit';
import { StationFault } from '../../../shared/fault.ts';

/** The files are split by script and weight. */
export type FaceName = 'thai-400' | 'thai-700' | 'latin-400' | 'latin-700';
const PACKAGE = '@fontsource/noto-sans-thai-looped';

/** A piece of text in one file's letters. */
export interface Run {
  readonly face: FaceName;
  readonly text: string;
  readonly glyphs: GlyphRun;
  /** Points from the beginning of the text. */
  readonly x: number;
  readonly width: number;
}

interface ShapedRun {
  readonly face: FaceName;
  readonly known: string;
  readonly glyphs: GlyphRun;
}

/** Texts whose shapes are kept. */
const MOST_KEPT = 4_000;

const THAI = /[\u0E00-\u0E7F]/;
/** A consonant with a tall stem, a vowel below, a tone mark. */
const TALL_BELOW_TONE = /([ปฝฟฬ])([\u0E38-\u0E3A])([\u0E48-\u0E4C])/g;
/** Tone marks over SARA AM are written before it and stand above its circle: the circle has to come first. */
const TONE_AND_AM = /([\u0E48-\u0E4B]*)\u0E33/g;

/** Noto Sans Thai Looped: shapes text, and gives the letters' outlines. */
export class Typeface {
  readonly #fonts: Readonly<Record<FaceName, Font>>;
  readonly #files: Readonly<Record<FaceName, Uint8Array>>;
  readonly #shaped = new Map<string, readonly ShapedRun[]>();

  /** @throws StationFault `LETTERS_MISSING` when the font's package is not installed */
  constructor() {
    this.#files = {
      'thai-400': read('thai', 400),
      'thai-700': read('thai', 700),
      'latin-400': read('latin', 400),
      'latin-700': read('latin', 700),
    };
    const font = (name: FaceName) => create(Buffer.from(this.#files[name])) as Font;
    this.#fonts = {
      'thai-400': font('thai-400'),
      'thai-700': font('thai-700'),
      'latin-400': font('latin-400'),
      'latin-700': font('latin-700'),
    };
  }

  /** The file of a face, to be embedded. */
  file(face: FaceName): Uint8Array {
    return this.#files[face];
  }

  /** Splits a text by script and shapes each piece. Letters that no file has become `?`. */
  shape(text: string, size: number, isBold: boolean): readonly Run[] {
    let x = 0;
    return this.#runs(text, isBold).map(({ face, known, glyphs }) => {
      const width = (glyphs.advanceWidth * size) / this.#fonts[face].unitsPerEm;
      const run = { face, text: known, glyphs, x, width };
      x += width;
      return run;
    });
  }

  /** Shaping costs most of a document's time, and forms say the same words on every page. */
  #runs(text: string, isBold: boolean): readonly ShapedRun[] {
    const key = `${isBold ? 'b' : 'r'}${text}`;
    const kept = this.#shaped.get(key);
    if (kept) return kept;
    const runs = scripts(text).map(({ isThai, part }): ShapedRun => {
      const face: FaceName = `${isThai ? 'thai' : 'latin'}-${isBold ? 700 : 400}`;
      const font = this.#fonts[face];
      const has = (char: string) => font.hasGlyphForCodePoint(char.codePointAt(0) ?? 0);
      const known = [...spelt(part)].map((char) => (has(char) ? char : '?')).join('');
      return { face, known, glyphs: font.layout(known) };
    });
    if (this.#shaped.size >= MOST_KEPT) this.#shaped.clear();
    this.#shaped.set(key, runs);
    return runs;
  }

  width(text: string, size: number, isBold: boolean): number {
    const last = this.shape(text, size, isBold).at(-1);
    return last ? last.x + last.width : 0;
  }

  /** Outlines of a text as an SVG path. @param x,y the baseline's beginning, and `scale` per point */
  outline(
    text: string,
    size: number,
    isBold: boolean,
    at: { readonly x: number; readonly y: number; readonly scale: number },
  ): string {
    let path = '';
    for (const { face, glyphs, x } of this.shape(text, size, isBold)) {
      const unit = (size / this.#fonts[face].unitsPerEm) * at.scale;
      let pen = (at.x + x) * at.scale;
      glyphs.glyphs.forEach((glyph, i) => {
        const position = glyphs.positions[i];
        if (!position) return;
        const [dx, dy] = [pen + position.xOffset * unit, at.y * at.scale - position.yOffset * unit];
        for (const { command, args } of glyph.path.commands) path += LETTERS[command] + placed(args, unit, dx, dy);
        pen += position.xAdvance * unit;
      });
    }
    return path;
  }
}

const LETTERS = { moveTo: 'M', lineTo: 'L', quadraticCurveTo: 'Q', bezierCurveTo: 'C', closePath: 'Z' } as const;

function placed(args: readonly number[], unit: number, dx: number, dy: number): string {
  return args.map((value, i) => (i % 2 === 0 ? dx + value * unit : dy - value * unit).toFixed(2)).join(' ');
}

/**
 * Order in which the typeface composes: NIKHAHIT, tone mark, SARA AA (as OpenType's Thai shaping asks of the shaper); and the tone mark
 * right behind a tall consonant, where fontkit looks for it: it passes over no vowel below, as the font's mark filter asks.
 */
function spelt(text: string): string {
  return text.replaceAll(TONE_AND_AM, '\u0E4D$1\u0E32').replaceAll(TALL_BELOW_TONE, '$1$3$2');
}

/** Runs of one script; spaces and the like go with what is before them. */
function scripts(text: string): readonly { readonly isThai: boolean; readonly part: string }[] {
  const runs: { isThai: boolean; part: string }[] = [];
  for (const char of text) {
    const last = runs.at(-1);
    const isThai = THAI.test(char);
    if (last && (last.isThai === isThai || (last.isThai && char === ' '))) last.part += char;
    else runs.push({ isThai, part: char });
  }
  return runs;
}

function read(script: 'thai' | 'latin', weight: 400 | 700): Uint8Array {
  const name = `${PACKAGE}/files/noto-sans-thai-looped-${script}-${weight}-normal.woff`;
  try {
    return readFileSync(fileURLToPath(import.meta.resolve(name)));
  } catch (cause) {
    throw new StationFault('LETTERS_MISSING', name, 'the font file cannot be read', { cause });
  }
}
