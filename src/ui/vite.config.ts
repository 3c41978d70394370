import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A page asks for the list of clips; until `npm run audio` has made some, the list is there and empty. */
const noClipsYet: Plugin = {
  name: 'no-clips-yet',
  generateBundle() {
    const source = JSON.stringify({ clips: { th: {}, en: {} }, missing: { th: [], en: [] } });
    this.emitFile({ type: 'asset', fileName: 'audio/manifest.json', source });
  },
};

/** Four pages, nothing inlined (the kiosk's Content-Security-Policy forbids it), nothing from outside. */
export default defineConfig({
  root: here('.'),
  base: '/',
  plugins: [noClipsYet],
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
