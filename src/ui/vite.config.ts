import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Four pages, nothing inlined (the kiosk's Content-Security-Policy forbids it), nothing from outside. */
export default defineConfig({
  root: here('.'),
  base: '/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: here('../../dist/ui'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        kiosk: here('kiosk.html'),
        operator: here('operator.html'),
        simulator: here('simulator.html'),
        preview: here('preview.html'),
      },
    },
  },
});
