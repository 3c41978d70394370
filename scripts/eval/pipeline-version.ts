import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
/** Where templates and their pictures come from; all that these files import counts with them. */
const ENTRIES = ['src/face/drivers/onnx/child.ts', 'src/face/drivers/onnx/chip-photo.ts', 'scripts/eval/variants.ts'];
const LIBRARIES = ['onnxruntime-node', 'sharp'];

/**
 * A name for everything that a template depends on besides the picture: the pipeline's source files, the manifest without
 * its thresholds, the libraries. Another version never reads this one's templates.
 */
export function pipelineVersion(modelsDir: string): string {
  const hash = createHash('sha256');
  for (const file of closure(ENTRIES.map((entry) => join(ROOT, entry)))) {
    hash.update(`${relative(ROOT, file)}\n`).update(readFileSync(file));
  }
  hash.update(withoutThresholds(readFileSync(join(modelsDir, 'manifest.json'), 'utf8')));
  for (const name of LIBRARIES) {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8'));
    hash.update(`${name}@${version}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

/** The files and everything they import by a relative path, sorted. */
export function closure(entries: readonly string[]): readonly string[] {
  const files = new Set<string>();
  const follow = (file: string) => {
    if (files.has(file)) return;
    files.add(file);
    for (const [, path] of readFileSync(file, 'utf8').matchAll(
      /^(?:import|export)(?! type)[^;]*?['"](\.[^'"]+)['"]/gm,
    )) {
      follow(resolve(dirname(file), path as string));
    }
  };
  for (const entry of entries) follow(entry);
  return [...files].toSorted();
}

function withoutThresholds(manifest: string): string {
  return JSON.stringify(JSON.parse(manifest), (key, value) => (key === 'thresholds' ? undefined : value));
}
