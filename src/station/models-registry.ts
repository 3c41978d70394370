import type { OpenCollection } from '../face/drivers/collection-files.ts';
import type { ExaminedModel } from '../face/drivers/onnx/examine/examine-models.ts';
import type { FaceModels } from '../face/manifest.ts';

/** What the commands about models load of the face room's drivers; the station itself needs none of it. */

/** The models of a folder, as its manifest says. @throws StationFault `MANIFEST_INVALID` */
export async function readModels(modelsDir: string): Promise<FaceModels> {
  const { loadManifest } = await import('../face/drivers/onnx/load-manifest.ts');
  return loadManifest(modelsDir);
}

/** Loads and tries every model of a folder by itself. @throws StationFault `MANIFEST_INVALID` */
export async function examineModels(modelsDir: string, signal: AbortSignal): Promise<readonly ExaminedModel[]> {
  const examine = await import('../face/drivers/onnx/examine/examine-models.ts');
  return examine.examineModels(modelsDir, signal);
}

/** Reading and writing of models folders. */
export const modelsFolder = () => import('../face/drivers/models-folder.ts');

/** @throws StationFault `USAGE` */
export async function openCollection(path: string, groups: string | undefined): Promise<OpenCollection> {
  const files = await import('../face/drivers/collection-files.ts');
  return files.openCollection(path, groups);
}
