import { basename, dirname, resolve } from 'node:path';
import { changeSettings, loadSettings } from '../config/load-settings.ts';
import { allModels, type Comparison, type Model } from '../face/manifest.ts';
import { StationFault } from '../shared/fault.ts';
import { examineModels, readModels } from './models-registry.ts';
import { MODELS_DIR } from './paths.ts';

/** A models folder and what its manifest says, for people and as JSON. */
export interface ModelsList {
  readonly modelsDir: string;
  /** Whether these are the models that the program came with. */
  readonly isShipped: boolean;
  readonly models: readonly ListedModel[];
  readonly comparison: Comparison;
}

export interface ListedModel {
  readonly role: Model['role'];
  readonly id: string;
  readonly file: string;
  readonly sha256: string;
  readonly licence: Model['licence'];
  /** Share of the comparison score; recognisers only. */
  readonly weight?: number;
  /** Attack detector only; those of the comparison stand beside the models. */
  readonly thresholds?: Extract<Model, { role: 'attack-detector' }>['thresholds'];
}

/** The folder that a station's settings name. */
export function modelsDirOf(dataDir: string): string {
  return resolve(loadSettings(dataDir).settings.face.modelsDir ?? MODELS_DIR);
}

/**
 * A models folder, given itself or by its manifest.
 * @throws StationFault `USAGE` for another file
 */
export function modelsDirAt(path: string): string {
  if (!path.endsWith('.json')) return resolve(path);
  if (basename(path) === 'manifest.json') return resolve(dirname(path));
  throw new StationFault('USAGE', path, `${path}: expected a folder or its manifest.json`);
}

/** @throws StationFault `MANIFEST_INVALID` */
export async function listModels(modelsDir: string): Promise<ModelsList> {
  const models = await readModels(modelsDir);
  return {
    modelsDir,
    isShipped: modelsDir === resolve(MODELS_DIR),
    models: allModels(models).map((model): ListedModel => {
      const { role, id, file, sha256, licence } = model;
      const own = { role, id, file, sha256, licence };
      if (model.role === 'recogniser') return { ...own, weight: model.weight };
      return model.role === 'attack-detector' ? { ...own, thresholds: model.thresholds } : own;
    }),
    comparison: models.comparison,
  };
}

export interface CheckedModel {
  readonly id: string;
  readonly role: Model['role'];
  readonly file: string;
  readonly fault: StationFault | undefined;
  /** For `selfTest` of the manifest: the first values of its output, four digits. */
  readonly selfTest: readonly number[];
  /** Whether the manifest has such values to compare with. */
  readonly isTested: boolean;
  readonly ms: number;
}

/** Checksum, load, shapes and self-test of every model. @throws StationFault `MANIFEST_INVALID` */
export async function checkModels(modelsDir: string, signal: AbortSignal): Promise<readonly CheckedModel[]> {
  return (await examineModels(modelsDir, signal)).map(({ model, fault, values, ms }) => ({
    id: model.id,
    role: model.role,
    file: model.file,
    fault,
    selfTest: values.map((value) => Number(value.toPrecision(4))),
    isTested: model.selfTest !== undefined,
    ms: Math.round(ms),
  }));
}

export interface ModelsChange {
  readonly before: ModelsList | undefined;
  readonly after: ModelsList;
  readonly settingsBefore: string | null;
  readonly settingsAfter: string | null;
  readonly isWritten: boolean;
}

/**
 * Makes a folder the station's models, after all of them were checked; it counts from the station's next start.
 * @param modelsDir `null`: those that the program came with
 * @throws StationFault `MANIFEST_INVALID`, the first fault of a model, `CONFIG_INVALID`
 */
export async function useModels(
  dataDir: string,
  modelsDir: string | null,
  isDryRun: boolean,
  signal: AbortSignal,
): Promise<ModelsChange> {
  const after = await listModels(modelsDir ?? resolve(MODELS_DIR));
  const wrong = (await checkModels(after.modelsDir, signal)).find(({ fault }) => fault !== undefined);
  if (wrong?.fault) throw wrong.fault;
  const settingsBefore = loadSettings(dataDir).settings.face.modelsDir;
  const settingsAfter = after.isShipped ? null : after.modelsDir;
  // What is in use may be broken: that is a reason to change it.
  const before = await listModels(modelsDirOf(dataDir)).catch(() => undefined);
  const isWritten = !isDryRun && settingsBefore !== settingsAfter;
  if (isWritten) {
    changeSettings(dataDir, (raw) => ({
      ...raw,
      face: { ...(raw['face'] as object | undefined), modelsDir: settingsAfter },
    }));
  }
  return { before, after, settingsBefore, settingsAfter, isWritten };
}
