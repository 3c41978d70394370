import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ProbeFinding, ReferenceFinding } from '../../src/face/port.ts';

export type Finding = ReferenceFinding | ProbeFinding;

/** Where templates are kept between runs unless told otherwise: the user's cache folder, never the project. */
export function defaultWorkDir(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'thuengban', 'eval-face');
}

/** Same words, same key; it tells nothing about the picture or the person. */
export function cacheKey(...words: readonly string[]): string {
  return createHash('sha256').update(words.join('\n')).digest('base64url').slice(0, 27);
}

/**
 * What the engine found in each picture, one line each, appended as it is found: a run that is killed goes on where it
 * stopped, and a line that was cut off is only found again. Readable by its owner alone, for templates are personal data.
 */
export class TemplateCache implements Disposable {
  readonly #findings = new Map<string, Finding>();
  readonly #file: number;

  private constructor(file: number) {
    this.#file = file;
  }

  static async open(folder: string, version: string): Promise<TemplateCache> {
    const path = join(folder, `templates-${version}.jsonl`);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const cache = new TemplateCache(openSync(path, 'a', 0o600));
    const bytes = readFileSync(path);
    for (const line of linesOf(bytes)) cache.#read(line);
    // The next line must not continue one that was cut off.
    if (bytes.length > 0 && bytes.at(-1) !== NEWLINE) writeSync(cache.#file, '\n');
    return cache;
  }

  get(key: string): Finding | undefined {
    return this.#findings.get(key);
  }

  put(key: string, finding: Finding): void {
    const kept = withoutPatch(finding);
    this.#findings.set(key, kept);
    writeSync(this.#file, `${JSON.stringify({ key, ...packed(kept) })}\n`);
  }

  [Symbol.dispose](): void {
    closeSync(this.#file);
  }

  #read(line: string): void {
    try {
      const { key, vector, ...finding } = JSON.parse(line);
      if (finding.kind === 'acquired') finding.template = { ...finding.template, vector: floats(vector) };
      this.#findings.set(key, finding as Finding);
    } catch {
      // Cut off in the middle: the picture is examined again.
    }
  }
}

const NEWLINE = 10;

/** Line by line, since all of it may be longer than a string can be. */
function* linesOf(bytes: Buffer): Generator<string> {
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(NEWLINE, start);
    const stop = end < 0 ? bytes.length : end;
    if (stop > start) yield bytes.toString('utf8', start, stop);
    start = stop + 1;
  }
}

/** The picture of a face is not kept: no figure is made of it here, and it is four times as large as all the rest. */
function withoutPatch(finding: Finding): Finding {
  if (finding.kind === 'not-acquired') return finding;
  const { patch: _, ...template } = finding.template;
  return { ...finding, template };
}

function packed(finding: Finding): object {
  if (finding.kind === 'not-acquired') return finding;
  const { vector, ...template } = finding.template;
  return {
    ...finding,
    template,
    vector: Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64'),
  };
}

function floats(text: string): Float32Array {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  return new Float32Array(bytes.buffer);
}
