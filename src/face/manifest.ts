import type { z } from 'zod';
import { StationFault } from '../shared/fault.ts';
import { givesFivePoints } from './manifest/decoder-schema.ts';
import { describeIssue } from './manifest/describe-issue.ts';
import { manifestSchema, type modelSchema } from './manifest/schema.ts';

export { channels, type Mirroring } from './manifest/schema.ts';

export type Model = z.infer<typeof modelSchema>;
export type ModelRole = Model['role'];
export type ModelOf<Role extends ModelRole> = Extract<Model, { role: Role }>;
export type ModelInput = Model['input'];

export type Comparison = z.infer<typeof manifestSchema>['comparison'];

/** The models of one station, checked. */
export interface FaceModels {
  readonly detector: ModelOf<'detector'>;
  /** `undefined` only where the detector gives the five points itself. */
  readonly landmarks: ModelOf<'landmarks'> | undefined;
  /** `undefined` where the station has none: then nobody is asked to open their eyes. */
  readonly eyes: ModelOf<'eyes'> | undefined;
  readonly 'attack-detector': ModelOf<'attack-detector'>;
  /** One or more. */
  readonly recognisers: readonly ModelOf<'recogniser'>[];
  readonly comparison: Comparison;
}

/**
 * Reads the model manifest.
 * @param text its JSON
 * @param file its path, for the message
 * @throws StationFault `MANIFEST_INVALID` naming file, field, expected and found
 */
export function parseManifest(text: string, file: string): FaceModels {
  const { models, comparison } = parse(text, file);
  const all = <Role extends ModelRole>(role: Role) =>
    models.filter((entry): entry is ModelOf<Role> => entry.role === role);
  const one = <Role extends ModelRole>(role: Role): ModelOf<Role> => {
    const found = all(role);
    const only = found[0];
    if (only === undefined || found.length > 1) {
      throw invalid(file, `models: expected exactly one with role "${role}", found ${found.length}`);
    }
    return only;
  };
  const recognisers = all('recogniser');
  if (recognisers.length === 0) throw invalid(file, 'models: expected one or more with role "recogniser", found 0');
  const detector = one('detector');
  const isSpared = givesFivePoints(detector.decoder) && all('landmarks').length === 0;
  return {
    detector,
    landmarks: isSpared ? undefined : one('landmarks'),
    eyes: all('eyes').length === 0 ? undefined : one('eyes'),
    'attack-detector': one('attack-detector'),
    recognisers,
    comparison,
  };
}

/** Every model of a station, in the order in which evidence names them. */
export function allModels({ detector, landmarks, recognisers, eyes, ...models }: FaceModels): readonly Model[] {
  const parts = [detector, landmarks, ...recognisers, eyes, models['attack-detector']];
  return parts.filter((model) => model !== undefined);
}

/** `id@first 12 hex digits of sha256`, as evidence quotes a model. */
export function modelName({ id, sha256 }: Model): string {
  return `${id}@${sha256.slice(0, 12)}`;
}

function parse(text: string, file: string): z.infer<typeof manifestSchema> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new StationFault('MANIFEST_INVALID', file, `${file}: expected JSON, found ${(cause as Error).message}`, {
      cause,
    });
  }
  const parsed = manifestSchema.safeParse(json, { reportInput: true });
  if (!parsed.success) throw invalid(file, parsed.error.issues.map((issue) => describeIssue(issue, json)).join('; '));
  return parsed.data;
}

function invalid(file: string, detail: string): StationFault {
  return new StationFault('MANIFEST_INVALID', file, `${file}: ${detail}`);
}
