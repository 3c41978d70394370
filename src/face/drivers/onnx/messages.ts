import { asFault } from '../../../shared/fault.ts';
import type { FaultCode } from '../../../shared/faults.ts';
import type { GuidanceFinding, ProbeFinding, ReferenceFinding } from '../../port.ts';
import type { PipelineOptions } from './pipeline.ts';

/** What goes between the engine and its process: one task at a time, one answer each. */
export interface ChildStart extends PipelineOptions {
  readonly modelsDir: string;
}

export type TaskKind = 'guide' | 'acquire-reference' | 'acquire-probe' | 'forget';

export interface Task {
  readonly kind: TaskKind;
  /** The process has its own copy, which it overwrites when it is done; empty for `forget`. */
  readonly image: Uint8Array;
}

export type Finding = GuidanceFinding | ReferenceFinding | ProbeFinding | Forgotten;

/**
 * Node reads every pipe and socket of a process into one buffer of 64 KB, whose last contents stay there: faces, templates, a card's photo.
 * The filler, several times as long, goes over them.
 */
export interface Forgotten {
  readonly kind: 'forgotten';
  readonly filler: Uint8Array;
}
export const FILLER_BYTES = 4 * 65_536;

/** A fault as it crosses the border of processes, where classes are lost. */
export interface PlainFault {
  readonly code: FaultCode;
  readonly part: string;
  readonly message: string;
}

export function plainFault(error: unknown): PlainFault {
  const { code, part, message } = asFault(error, 'FACE_ENGINE', 'face');
  return { code, part, message };
}

export type ChildAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'found'; readonly finding: Finding }
  | { readonly kind: 'fault'; readonly fault: PlainFault };
