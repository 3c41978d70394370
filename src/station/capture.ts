import type { StreamWatch } from '../face/attack/stream.ts';
import { NO_HINT, Patience, settleHint } from '../face/guidance.ts';
import type { FaceEngine, GuidanceFinding } from '../face/port.ts';
import type { Camera, CameraState, Frame } from '../peripherals/camera/port.ts';
import type { FaceScanner } from '../peripherals/face-scanner/port.ts';
import type { FaultCode } from '../shared/faults.ts';
import type { AttackPart, HintId } from '../visit/types.ts';
import { BestProbes, type Probe } from './best-probes.ts';
import { judgePresentation, modulePart, type PresentationJudgement } from './judge-presentation.ts';
import { LightChallenge, type LightChallengeOptions } from './light-challenge.ts';

export interface CaptureOptions {
  readonly camera: Camera;
  readonly face: FaceEngine;
  /** Judges beside the camera, with the longest time for one verdict; `null` = no module. */
  readonly scanner: { readonly module: FaceScanner; readonly limitMs: number } | null;
  /** `null` = switched off. */
  readonly challenge: LightChallengeOptions | null;
  /** Of the whole visit. */
  readonly stream: StreamWatch;
  /** Probes to take; they are fused. */
  readonly probesWanted: number;
  /** Then the best that was seen goes on: guidance is never a wall. */
  readonly limitMs: number;
  /** A camera that is at fault this long without a single frame is given up for this attempt. */
  readonly cameraLimitMs: number;
  /** Least time between two probes: frames of the same instant tell nothing new. */
  readonly spacingMs: number;
  readonly onHint: (hint: HintId | null) => void;
  readonly onFrame: (frame: Frame) => void;
  readonly onProbe: () => void;
}

export type CaptureResult =
  | {
      readonly kind: 'captured';
      readonly probes: readonly Probe[];
      /** What judged the capture as a whole. */
      readonly parts: readonly AttackPart[];
      /** The best frame, JPEG, for officers who judge by eye; it is gone with the visit. */
      readonly picture: Uint8Array | undefined;
      /** Why they judged so, for the log: `stream well`. */
      readonly reasons: readonly string[];
    }
  | { readonly kind: 'failed'; readonly reason: 'not-acquired' }
  | { readonly kind: 'failed'; readonly reason: 'camera-unavailable'; readonly code: FaultCode };

/**
 * One attempt: looks at the newest frame again and again, tells one hint at a time, and takes good frames as probes.
 * @throws the reason of `signal` when the visit ends; StationFault when the face engine fails
 */
export async function capture(options: CaptureOptions, signal: AbortSignal): Promise<CaptureResult> {
  const { scanner } = options;
  const judging = scanner ? judgePresentation(scanner.module, scanner.limitMs, signal) : null;
  using challenge = options.challenge && new LightChallenge(options.challenge);
  try {
    return await look(options, judging, challenge, signal);
  } finally {
    judging?.stop();
  }
}

async function look(
  options: CaptureOptions,
  judging: PresentationJudgement | null,
  challenge: LightChallenge | null,
  signal: AbortSignal,
): Promise<CaptureResult> {
  const { stream } = options;
  const probes = new BestProbes(options.probesWanted, options.face.thresholds.weakLength);
  const patience = new Patience();
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), options.limitMs);
  const cameraTimer = setTimeout(() => {
    if (frames === 0 && cameraFault !== undefined) over.abort();
  }, options.cameraLimitMs);
  // Kept here, because the camera is off again by the time the result is told.
  let cameraFault = faultOf(options.camera.state);
  const stopListening = options.camera.onState((state) => {
    if (state.kind === 'faulty' || state.kind === 'streaming') cameraFault = faultOf(state);
  });
  let frames = 0;
  let source: string | undefined;
  let hint = NO_HINT;
  let lastProbeAtMs = Number.NEGATIVE_INFINITY;
  let best: { readonly jpeg: Uint8Array; readonly rank: number; readonly atMs: number } | undefined;
  try {
    for await (const frame of options.camera.frames(AbortSignal.any([signal, over.signal]))) {
      frames += 1;
      options.onFrame(frame);
      stream.add(frame);
      if (source !== frame.origin.camera) {
        // What a camera has seen says nothing of what another one sees.
        probes.drop();
        challenge?.restart();
        best = undefined;
        source = frame.origin.camera;
      }
      const finding = await options.face.guide(frame.jpeg, signal);
      // The camera's word first; a face that it likes may still stand badly for the module.
      const blocking = patience.heed(finding.hint ?? judging?.hint(frame.atMs) ?? null, frame.atMs);
      const isWeak = () => probes.areWeak && patience.heed('uncover-face', frame.atMs) !== null;
      const wish = blocking ?? (isWeak() ? 'uncover-face' : null);
      hint = settleHint(hint, wish, frame.atMs);
      options.onHint(wish === null ? null : hint.shown);
      const rank = rankOf(finding);
      if (rank > (best?.rank ?? 0)) best = { jpeg: frame.jpeg, rank, atMs: frame.atMs };
      if (finding.kind === 'seen') {
        stream.addSameness(finding.same);
        challenge?.see(finding.light, blocking === null, frame.atMs);
      }
      const isDue = frame.atMs - lastProbeAtMs >= options.spacingMs;
      if (blocking === null && isDue && (isWeak() || !probes.isFull)) {
        const probe = await options.face.acquireProbe(frame.jpeg, signal);
        if (probe.kind === 'acquired') {
          lastProbeAtMs = frame.atMs;
          options.onProbe();
          probes.add({ ...probe, atMs: frame.atMs });
        }
      }
      const isJudged = stream.hasEnough && (challenge?.isOver(frame.atMs) ?? true);
      if (probes.isFull && !isWeak() && isJudged) break;
    }
  } finally {
    clearTimeout(timer);
    clearTimeout(cameraTimer);
    stopListening();
  }
  signal.throwIfAborted();
  if (probes.all.length === 0 && best) {
    const probe = await options.face.acquireProbe(best.jpeg, signal);
    if (probe.kind === 'acquired') probes.add({ ...probe, atMs: best.atMs });
  }
  if (probes.all.length > 0) {
    const frames = probes.all.map(({ atMs, quality: { box } }) => ({ atMs, box }));
    const light = challenge?.finding(performance.now());
    const { part: streamPart, reason } = stream.finding();
    const parts = [
      streamPart,
      ...(light ? [light.part] : []),
      ...(judging ? [modulePart(await judging.over(frames))] : []),
    ];
    const reasons = [`stream ${reason}`, ...(light ? [`challenge ${light.finding?.reason ?? 'no-ring-light'}`] : [])];
    return { kind: 'captured', probes: probes.all, parts, picture: best?.jpeg, reasons };
  }
  if (frames > 0) return { kind: 'failed', reason: 'not-acquired' };
  return { kind: 'failed', reason: 'camera-unavailable', code: cameraFault ?? 'CAMERA_STALLED' };
}

const faultOf = (state: CameraState): FaultCode | undefined => (state.kind === 'faulty' ? state.code : undefined);

/** Which frame to fall back on: one face, then the larger and sharper one. */
function rankOf(finding: GuidanceFinding): number {
  if (finding.kind !== 'seen' || finding.quality.faceCount !== 1) return 0;
  return finding.quality.interEyePx * Math.log1p(finding.quality.sharpness);
}
