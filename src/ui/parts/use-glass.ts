import { useLayoutEffect, useState } from 'preact/hooks';

/**
 * `compact`: landscape and low (7″); `roomy`: landscape (10″ and more); `portrait`: held by hand at about 40 cm instead
 * of 60 cm, so letters two thirds as high fill the same angle; touch targets are never scaled.
 */
export type GlassFormat = 'compact' | 'roomy' | 'portrait';

/** Landscape glass lower than this is compact, mm. */
const COMPACT_BELOW_MM = 110;

/** Makes one CSS `--mm` a millimetre of the real glass and says which layout fits. @param widthMm of the glass */
export function useGlass(widthMm: number): GlassFormat {
  const [format, setFormat] = useState<GlassFormat>(() => formatOf(widthMm));
  useLayoutEffect(() => {
    document.documentElement.style.setProperty('--width-mm', String(widthMm));
    const measure = () => setFormat(formatOf(widthMm));
    measure();
    addEventListener('resize', measure);
    return () => removeEventListener('resize', measure);
  }, [widthMm]);
  return format;
}

function formatOf(widthMm: number): GlassFormat {
  if (innerHeight > innerWidth) return 'portrait';
  return (innerHeight / innerWidth) * widthMm < COMPACT_BELOW_MM ? 'compact' : 'roomy';
}
