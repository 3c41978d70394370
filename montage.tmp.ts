import sharp from 'sharp';

const [out, cols, w, h, ...files] = process.argv.slice(2);
const C = Number(cols),
  W = Number(w),
  H = Number(h);
const rows = Math.ceil(files.length / C);
const comp = await Promise.all(
  files.map(async (f, i) => ({
    input: await sharp(f).resize(W, H).png().toBuffer(),
    left: (i % C) * (W + 6),
    top: Math.floor(i / C) * (H + 6),
  })),
);
await sharp({ create: { width: C * (W + 6), height: rows * (H + 6), channels: 3, background: '#c0c' } })
  .composite(comp)
  .png()
  .toFile(out);
