import type { Presentation } from '../kiosk/protocol.ts';

type SceneFault = 'none' | 'stall' | 'unplug' | 'busy' | 'crash';

/** What stands before the simulated camera, and what shines on it. */
export interface SceneControl {
  /** Folder of what is shown; `null` = an empty room. */
  show(folder: string | null): void;
  /** How the face is shown: living, or in one of the ways of an attack. */
  present(presentation: Presentation): void;
  /** The ring light's level, 0..1, as it shines on the scene. */
  shine(level: number): void;
  setFault(fault: SceneFault): void;
}

/** @param set changes the scene of the simulated camera */
export function sceneControl(
  set: (change: { folder?: string | null; presentation?: Presentation; ring?: number; fault?: SceneFault }) => void,
): SceneControl {
  return {
    show: (folder) => set({ folder }),
    present: (presentation) => set({ presentation }),
    shine: (ring) => set({ ring }),
    setFault: (fault) => set({ fault }),
  };
}
