import type { Settings } from '../config/settings.ts';
import type { AnswerMemory } from '../face/attack/answer-memory.ts';
import type { CaptureOptions } from './capture.ts';
import type { RingLight } from './ring-light.ts';

/** What the settings say of a capture. @param ring `null` = the station has no panel */
export function captureSettings(
  { face, visit }: Pick<Settings, 'face' | 'visit'>,
  ring: RingLight | null,
  memory: AnswerMemory,
): Pick<CaptureOptions, 'challenge' | 'probesWanted' | 'limitMs' | 'cameraLimitMs' | 'spacingMs'> {
  const isRequired = face.challenge === 'required';
  return {
    challenge: face.challenge === 'off' ? null : { ring, isRequired, leastAnswer: face.leastAnswer, memory },
    probesWanted: face.probes,
    limitMs: visit.captureLimitMs,
    cameraLimitMs: visit.cameraLimitMs,
    spacingMs: visit.probeSpacingMs,
  };
}
