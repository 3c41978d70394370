import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { closure, pipelineVersion } from './pipeline-version.ts';

const ROOT = resolve(import.meta.dirname, '../..');

test('follows imports to everything that makes a template', () => {
  const files = closure([join(ROOT, 'src/face/drivers/onnx/child.ts')]).map((file) => file.slice(ROOT.length + 1));
  for (const name of [
    'face/drivers/onnx/pipeline.ts',
    'face/drivers/onnx/stages.ts',
    'face/geometry.ts',
    'face/manifest.ts',
  ]) {
    expect(files).toContain(`src/${name}`);
  }
  expect(files.filter((file) => file.includes('.test.'))).toEqual([]);
});

test('thresholds do not change templates, models do', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'eval-version-'));
  try {
    const manifest = join(folder, 'manifest.json');
    await cp(join(ROOT, 'models/manifest.json'), manifest);
    const version = pipelineVersion(folder);
    expect(version).toMatch(/^[0-9a-f]{16}$/);
    const content = JSON.parse(await readFile(manifest, 'utf8'));
    const recogniser = content.models.find(({ role }: { role: string }) => role === 'recogniser');
    content.comparison.thresholds.match = 0.5;
    await writeFile(manifest, JSON.stringify(content));
    expect(pipelineVersion(folder)).toBe(version);
    recogniser.sha256 = '0'.repeat(64);
    await writeFile(manifest, JSON.stringify(content));
    expect(pipelineVersion(folder)).not.toBe(version);
  } finally {
    await rm(folder, { recursive: true });
  }
});
