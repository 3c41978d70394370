import PDFDocument from 'pdfkit';
import type { Doc } from '../../blocks.ts';
import type { Mark, Page } from '../../marks.ts';
import type { Typeface } from './typeface.ts';

const FACES = ['thai-400', 'thai-700', 'latin-400', 'latin-700'] as const;

/** Pages as a PDF with the letters that are used embedded in it. */
export async function pdfOf(doc: Doc, pages: readonly Page[], typeface: Typeface): Promise<Uint8Array> {
  const at = new Date(doc.at);
  const pdf = new PDFDocument({
    autoFirstPage: false,
    lang: 'th-TH',
    displayTitle: true,
    info: { Title: doc.title, Producer: 'Thuengban', Creator: 'Thuengban', CreationDate: at, ModDate: at },
  });
  const chunks: Buffer[] = [];
  const done = Promise.withResolvers<void>();
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  pdf.on('end', () => done.resolve());
  pdf.on('error', (error: Error) => done.reject(error));
  for (const face of FACES) pdf.registerFont(face, Buffer.from(typeface.file(face)));
  for (const { width, height, marks } of pages) {
    pdf.addPage({ size: [width, height], margin: 0 });
    for (const mark of marks) draw(pdf, mark, typeface);
  }
  pdf.end();
  await done.promise;
  return Buffer.concat(chunks);
}

function draw(pdf: PDFKit.PDFDocument, mark: Mark, typeface: Typeface): void {
  switch (mark.kind) {
    case 'text':
      for (const { face, text, x } of typeface.shape(mark.text, mark.size, mark.isBold))
        pdf
          .font(face)
          .fontSize(mark.size)
          .text(text, mark.x + x, mark.y, { lineBreak: false, baseline: 'alphabetic' });
      return;
    case 'box':
      pdf.rect(mark.x, mark.y, mark.width, mark.height);
      if (mark.edge === null) pdf.fill('black');
      else pdf.lineWidth(mark.edge).stroke('black');
      return;
    case 'line': {
      const [first, ...rest] = mark.points;
      if (!first) return;
      pdf.lineWidth(mark.width).moveTo(...first);
      for (const point of rest) pdf.lineTo(...point);
      if (mark.dash !== null) pdf.dash(mark.dash, { space: mark.dash });
      pdf.stroke('black').undash();
      return;
    }
    case 'modules':
      // Whole runs of a row at once: neighbours drawn apart show hairlines between them.
      for (const [row, modules] of mark.rows.entries())
        for (const [from, length] of runs(modules))
          pdf.rect(mark.x + from * mark.module, mark.y + row * mark.module, length * mark.module, mark.module);
      pdf.fill('black');
  }
}

/** Where dark modules begin, and how many stand together. */
export function runs(modules: readonly boolean[]): readonly (readonly [from: number, length: number])[] {
  const found: [number, number][] = [];
  modules.forEach((isDark, i) => {
    const last = found.at(-1);
    if (!isDark) return;
    if (last && last[0] + last[1] === i) last[1] += 1;
    else found.push([i, 1]);
  });
  return found;
}
