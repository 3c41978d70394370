/** How a face is shown to the simulated camera. */
export const PRESENTATIONS = ['living', 'print', 'screen', 'injected', 'replayed'] as const;
/**
 * `living` = the person stands there; `print` = on a sheet of paper; `screen` = on a bright screen; `injected` = a stream with
 * noise in the camera's place, which knows nothing of the light; `replayed` = recorded frames over and over.
 */
export type Presentation = (typeof PRESENTATIONS)[number];

/** What a simulated camera is told, over the child's IPC channel. */
export interface SceneCommand {
  /** Folder of a person (`still.png`, `frames/`) or of frames alone, which are played in a loop; `null` = an empty room. */
  readonly folder: string | null;
  /** `stall`: stays alive and says nothing; `unplug` and `busy`: complains as ffmpeg does and leaves. */
  readonly fault: 'none' | 'stall' | 'unplug' | 'busy' | 'crash';
  readonly presentation: Presentation;
  /** Level of the ring light, 0..1; `null` = there is none: the picture is as it was taken. */
  readonly ring: number | null;
  /** Other light on the face, lux. */
  readonly ambientLux: number;
  /** Does the camera keep its picture equally bright? */
  readonly autoExposure: boolean;
}

export const FIRST_SCENE: SceneCommand = {
  folder: null,
  fault: 'none',
  presentation: 'living',
  ring: null,
  ambientLux: 300,
  autoExposure: true,
};

/** Where things lie in a still, parts of its width and height. */
export interface Places {
  /** Middle of the face and height of its box. */
  readonly face: { readonly x: number; readonly y: number; readonly height: number };
  /** What a photograph of a sheet shows of it. */
  readonly sheet: Rectangle | null;
}

export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}
