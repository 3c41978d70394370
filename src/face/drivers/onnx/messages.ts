import type { FaultCode } from '../../../shared/faults.ts';
import type { GuidanceFinding, ProbeFinding, ReferenceFinding } from '../../port.ts';
import type { PipelineOptions } from './pipeline.ts';

/** What goes between the engine and its worker thread: one task at a time, one answer each. */
export interface WorkerStart extends PipelineOptions {
  readonly modelsDir: string;
}

export type TaskKind = 'guide' | 'acquire-reference' | 'acquire-probe';

export interface Task {
  readonly kind: TaskKind;
  /** The worker's own copy; it overwrites it when it is done. */
  readonly image: Uint8Array;
}

export type Finding = GuidanceFinding | ReferenceFinding | ProbeFinding;

/** A fault as it crosses the thread border, where classes are lost. */
export interface PlainFault {
  readonly code: FaultCode;
  readonly part: string;
  readonly message: string;
}

export type WorkerAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'found'; readonly finding: Finding }
  | { readonly kind: 'fault'; readonly fault: PlainFault };
