import { A4, layOut, roll } from '../../layout.ts';
import type { Press } from '../../port.ts';
import { pdfOf } from './pdf.ts';
import { rasterOf } from './raster.ts';
import { Typeface } from './typeface.ts';

/**
 * Opens the press: reads the letters once.
 * @throws StationFault `LETTERS_MISSING`
 */
export function openPress(): Press {
  const typeface = new Typeface();
  const measure = (text: string, size: number, isBold: boolean) => typeface.width(text, size, isBold);
  return {
    pdf: async (doc) => await pdfOf(doc, layOut(doc, A4, measure), typeface),
    async raster(doc, dots) {
      const [page] = layOut(doc, roll(dots), measure);
      if (!page) throw new RangeError('a document without a page');
      return await rasterOf(page, dots, typeface);
    },
  };
}
