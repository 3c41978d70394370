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

export type Finding = GuidanceFinding | ReferenceFinding | ProbeFinding | { readonly kind: 'forgotten' };

/** A fault as it crosses the border of processes, where classes are lost. */
export interface PlainFault {
  readonly code: FaultCode;
  readonly part: string;
  readonly message: string;
}

export type ChildAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'found'; readonly finding: Finding }
  | { readonly kind: 'fault'; readonly fault: PlainFault };
