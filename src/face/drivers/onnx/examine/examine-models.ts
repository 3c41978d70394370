import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { StationFault } from '../../../../shared/fault.ts';
import { allModels, type Model } from '../../../manifest.ts';
import { loadManifest } from '../load-manifest.ts';
import type { PlainFault } from '../messages.ts';

/** What the child tells of the model at `index`. */
export type ExamineMessage =
  | { readonly kind: 'well'; readonly index: number; readonly values: readonly number[]; readonly ms: number }
  | { readonly kind: 'fault'; readonly index: number; readonly fault: PlainFault }
  | { readonly kind: 'done' };

export interface ExaminedModel {
  readonly model: Model;
  /** Checksum, load, shapes and self-test; `undefined` = all well. */
  readonly fault: StationFault | undefined;
  /** First values of its output for the test input, as `selfTest` of the manifest takes them; none when it failed. */
  readonly values: readonly number[];
  /** Load and first run. */
  readonly ms: number;
}

/** All models of a folder; far above the slowest, so that only a hang reaches it. */
const LIMIT_MS = 120_000;

/**
 * Examines every model of a folder by itself.
 * @throws StationFault `MANIFEST_INVALID`; what is wrong with a model is in its result
 */
export async function examineModels(modelsDir: string, signal: AbortSignal): Promise<readonly ExaminedModel[]> {
  signal.throwIfAborted();
  const models = allModels(await loadManifest(modelsDir));
  const told = new Map<number, Exclude<ExamineMessage, { kind: 'done' }>>();
  const how = await runChild(modelsDir, signal, (message) => told.set(message.index, message));
  return models.map((model, index): ExaminedModel => {
    const message = told.get(index);
    if (message?.kind === 'well') return { model, fault: undefined, values: message.values, ms: message.ms };
    const {
      code,
      part,
      message: why,
    } = message?.fault ?? {
      code: 'FACE_ENGINE' as const,
      part: model.id,
      message: `${model.file}: expected the runtime to load it, found that it ended (${how})`,
    };
    return { model, fault: new StationFault(code, part, why), values: [], ms: 0 };
  });
}

/** @returns how the child ended */
async function runChild(
  modelsDir: string,
  signal: AbortSignal,
  hear: (message: Exclude<ExamineMessage, { kind: 'done' }>) => void,
): Promise<string> {
  const { NODE_OPTIONS: _ours, ...env } = process.env;
  const script = fileURLToPath(new URL('./child.ts', import.meta.url));
  const child = fork(script, [modelsDir], { env, execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ended = Promise.withResolvers<string>();
  const limit = setTimeout(() => ended.resolve(`no answer within ${LIMIT_MS} ms`), LIMIT_MS);
  const onAbort = () => ended.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  child.on('message', (message: ExamineMessage) => (message.kind === 'done' ? ended.resolve('done') : hear(message)));
  child.on('error', ended.reject);
  child.on('exit', (code, name) => ended.resolve(name ?? `exit code ${code}`));
  try {
    return await ended.promise;
  } finally {
    clearTimeout(limit);
    signal.removeEventListener('abort', onAbort);
    child.kill('SIGKILL');
  }
}
