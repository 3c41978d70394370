import type { OfficerAnswer, OfficerReason } from '../../../visit/types.ts';

/** What one officer has seen, before they show who they are. */
export interface Judgement {
  readonly answer: OfficerAnswer['answer'];
  readonly reason: OfficerReason;
}
