import type { Settings } from '../config/settings.ts';
import type { DeskCamera } from '../desk/port.ts';
import type { Camera } from '../peripherals/camera/port.ts';
import type { Printer } from '../peripherals/printer/port.ts';
import { paperPictureMaker } from './paper-registry.ts';
import type { PartBoard } from './parts.ts';
import { stateOfFault } from './parts.ts';

/** Frames until exposure and white balance have settled on a sheet of paper. */
const SETTLED = 10;
const PHOTOGRAPH_LIMIT_MS = 8_000;

/** Photographs a sheet of paper with the station's camera. */
export function paperCamera(camera: Camera, signal: AbortSignal): DeskCamera {
  return {
    async photograph() {
      const toPicture = await paperPictureMaker();
      const over = new AbortController();
      const limit = AbortSignal.any([signal, over.signal, AbortSignal.timeout(PHOTOGRAPH_LIMIT_MS)]);
      let frames = 0;
      try {
        for await (const { jpeg } of camera.frames(limit)) {
          frames += 1;
          if (frames >= SETTLED) return await toPicture(jpeg);
        }
      } catch {
        // No camera, or too slow: told as none.
      } finally {
        over.abort();
      }
      return undefined;
    },
  };
}

/** Keeps the printer's state on the board; a station that never had one says nothing of it. */
export function tellPrinter(printer: Printer | null, { driver }: Settings['printer'], board: PartBoard): () => void {
  if (!printer) return () => undefined;
  let wasThere = driver !== 'auto';
  const tell = () => {
    wasThere ||= printer.state !== 'missing';
    if (!wasThere) return;
    const { fault, name } = printer;
    board.set('printer', { state: fault ? stateOfFault(fault.code) : 'ready', name, code: fault?.code ?? null });
  };
  tell();
  return printer.onChange(tell);
}
