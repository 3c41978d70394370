import { useState } from 'preact/hooks';
import type { Language } from '../../visit/types.ts';
import { PREVIEW_STAFF } from './staff-states.ts';
import { PREVIEW_GLASSES, PREVIEW_STATES } from './states.ts';

const LANGUAGES: readonly Language[] = ['th', 'en'];
/** On the gallery, px. */
const SHOWN_WIDTH = 420;
const STAFF_GLASS = { width: 1440, height: 900, widthMm: 340 };

/** Every screen at once, for one language and one glass. */
export function Gallery() {
  const [language, setLanguage] = useState<Language>('th');
  const [glass, setGlass] = useState<(typeof PREVIEW_GLASSES)[number]>(PREVIEW_GLASSES[1]);
  return (
    <main class="gallery">
      <h1>ทุกหน้าจอ · Every screen</h1>
      <nav>
        {LANGUAGES.map((one) => (
          <button type="button" key={one} aria-pressed={one === language} onClick={() => setLanguage(one)}>
            {one}
          </button>
        ))}
        {PREVIEW_GLASSES.map((one) => (
          <button type="button" key={one.name} aria-pressed={one === glass} onClick={() => setGlass(one)}>
            {one.name} · {one.width}×{one.height} · {one.widthMm} mm
          </button>
        ))}
      </nav>
      <FrameList states={Object.keys(PREVIEW_STATES)} language={language} glass={glass} />
      <h2>เจ้าหน้าที่ · Staff</h2>
      <FrameList states={Object.keys(PREVIEW_STAFF)} language={language} glass={STAFF_GLASS} />
    </main>
  );
}

interface FrameListProps {
  readonly states: readonly string[];
  readonly language: Language;
  readonly glass: { readonly width: number; readonly height: number; readonly widthMm: number };
}

function FrameList({ states, language, glass }: FrameListProps) {
  const scale = Math.min(1, SHOWN_WIDTH / glass.width);
  const size = { width: `${glass.width * scale}px`, height: `${glass.height * scale}px` };
  return (
    <ul>
      {states.map((state) => {
        const url = `?state=${state}&lang=${language}&widthMm=${glass.widthMm}`;
        return (
          <li key={state}>
            <a href={url}>{state}</a>
            <div class="glass" style={size}>
              <iframe
                title={state}
                src={url}
                loading="lazy"
                style={{ width: `${glass.width}px`, height: `${glass.height}px`, transform: `scale(${scale})` }}
              />
            </div>
          </li>
        );
      })}
    </ul>
  );
}
