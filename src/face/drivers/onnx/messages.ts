import { asFault } from '../../../shared/fault.ts';
import type { FaultCode } from '../../../shared/faults.ts';
import type { GuidanceFinding, ProbeFinding, ReferenceFinding } from '../../port.ts';
import type { PipelineOptions } from './pipeline.ts';

/** What goes between the engine and its process: one task at a time, one answer each. */
export interface ChildStart extends PipelineOptions {
  readonly modelsDir: string;
}

export type TaskKind = 'guide' | 'acquire-reference' | 'acquire-probe';

export interface Task {
  readonly kind: TaskKind;
  /** The process has its own copy, which it overwrites when it is done. */
  readonly image: Uint8Array;
}

export type Finding = GuidanceFinding | ReferenceFinding | ProbeFinding;

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
