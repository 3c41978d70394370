import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compareTemplates, fuseTemplates } from '../../src/face/compare.ts';
import { attackVerdict, decideComparison } from '../../src/face/decide.ts';
import { type FaceEngine, type ProbeFinding, type ReferenceFinding, type Template, wipe } from '../../src/face/port.ts';
import { length } from '../../src/face/scores.ts';

/** An engine and pictures of known content, encoded as that engine takes them. */
export interface FaceEngineSubject {
  readonly engine: FaceEngine;
  readonly pictures: {
    /** The person's card photo and a short capture of the same person, bona fide. */
    readonly card: Uint8Array;
    readonly frames: readonly Uint8Array[];
    readonly otherPerson: Uint8Array;
    /** The card photo, printed and held up. */
    readonly attack: readonly Uint8Array[];
    readonly twoPeople: Uint8Array;
    readonly emptyRoom: Uint8Array;
    readonly darkRoom: Uint8Array;
    readonly broken: readonly Uint8Array[];
  };
}

/** What every {@link FaceEngine} owes its callers. */
export function describeFaceEngine(name: string, make: () => Promise<FaceEngineSubject>): void {
  describe(`face engine: ${name}`, () => {
    let subject: FaceEngineSubject;
    const { signal } = new AbortController();
    beforeAll(async () => {
      subject = await make();
    }, 60_000);
    afterAll(() => subject?.engine[Symbol.asyncDispose]());

    const reference = async (image: Uint8Array) => acquired(await subject.engine.acquireReference(image, signal));
    const probe = async (image: Uint8Array) => acquired(await subject.engine.acquireProbe(image, signal));

    test('names its models, and its thresholds leave no gap', () => {
      expect(subject.engine.models.length).toBeGreaterThan(0);
      for (const model of subject.engine.models) expect(model).toMatch(/^[a-z0-9_-]+@[0-9a-f]{12}$/);
      const { match, review } = subject.engine.thresholds;
      expect(review).toBeLessThanOrEqual(match);
    });

    test('the same person is a match and bona fide, one frame or several', async () => {
      const card = await reference(subject.pictures.card);
      const probes = await Promise.all(subject.pictures.frames.map(probe));
      const templates: Template[] = probes.map(({ template }) => template);
      for (const template of [...templates, fuseTemplates(templates)]) {
        expect(decideComparison(compareTemplates(template, card.template), subject.engine.thresholds)).toBe('match');
      }
      const scores = probes.map(({ attackScore }) => attackScore);
      expect(attackVerdict(scores, subject.engine.thresholds)).toBe('bona-fide');
    });

    test('another person is a non-match', async () => {
      const card = await reference(subject.pictures.card);
      const { template } = await probe(subject.pictures.otherPerson);
      expect(decideComparison(compareTemplates(template, card.template), subject.engine.thresholds)).toBe('non-match');
    });

    test('the printed card photo is vetoed, however alike it is', async () => {
      const probes = await Promise.all(subject.pictures.attack.map(probe));
      const scores = probes.map(({ attackScore }) => attackScore);
      expect(attackVerdict(scores, subject.engine.thresholds)).toBe('attack');
    });

    test('card and frame carry what tells one photograph from another, and it is wiped with the template', async () => {
      const card = await reference(subject.pictures.card);
      const { template, cues, points } = await probe(subject.pictures.frames[0] as Uint8Array);
      for (const { patch } of [card.template, template]) {
        expect(patch).toHaveLength(112 * 112);
        expect(new Set(patch).size).toBeGreaterThan(20);
      }
      wipe(template);
      expect([...template.vector, ...(template.patch ?? [])].every((value) => value === 0)).toBe(true);
      for (const value of Object.values(cues)) expect(Number.isFinite(value)).toBe(true);
      expect(points).toHaveLength(5);
    });

    test('templates have length 1, carry their model, and the same picture gives the same one', async () => {
      const [first, again] = [await reference(subject.pictures.card), await reference(subject.pictures.card)];
      const asProbe = await probe(subject.pictures.card);
      expect(length(first.template.vector)).toBeCloseTo(1, 5);
      // Whoever made it can be told, so that templates of other models are refused.
      expect(first.template.model).toMatch(/^[0-9a-f]{8,64}$/);
      expect(asProbe.template.model).toBe(first.template.model);
      expect(compareTemplates(first.template, again.template)).toBeCloseTo(1, 5);
      // A probe may be made with less work than the reference.
      expect(compareTemplates(first.template, asProbe.template)).toBeGreaterThan(0.98);
      expect(first.quality.templateLength).toBeGreaterThan(0);
    });

    test('a good frame needs no hint; guidance makes no template', async () => {
      const finding = await subject.engine.guide(subject.pictures.frames[0] as Uint8Array, signal);
      expect(finding).toMatchObject({ kind: 'seen', hint: null, quality: { faceCount: 1, templateLength: undefined } });
    });

    test.each([
      { name: 'two people', of: ['twoPeople'], reasons: ['many-faces'], hint: 'one-person' },
      { name: 'an empty room', of: ['emptyRoom'], reasons: ['no-face'], hint: 'look-at-camera' },
      { name: 'a dark room', of: ['darkRoom'], reasons: ['too-dark'], hint: 'more-light' },
    ] as const)('$name is not acquired, and told with one hint', async ({ of: [key], reasons, hint }) => {
      const image = subject.pictures[key];
      for (const finding of [
        await subject.engine.acquireReference(image, signal),
        await subject.engine.acquireProbe(image, signal),
      ]) {
        expect(finding.kind).toBe('not-acquired');
        expect(reasons).toContain((finding as Extract<typeof finding, { kind: 'not-acquired' }>).reason);
      }
      expect(await subject.engine.guide(image, signal)).toMatchObject({ kind: 'not-seen', hint });
    });

    test('a broken picture is a finding, never a fault', async () => {
      for (const image of subject.pictures.broken) {
        expect(await subject.engine.acquireReference(image, signal)).toEqual({
          kind: 'not-acquired',
          reason: 'unreadable-image',
        });
        expect(await subject.engine.guide(image, signal)).toMatchObject({ reason: 'unreadable-image' });
      }
    });

    test("the caller's bytes stay as they are", async () => {
      const image = Uint8Array.from(subject.pictures.card);
      await reference(image);
      expect(Buffer.compare(image, subject.pictures.card)).toBe(0);
    });

    test('an aborted call rejects with the reason of its signal, and the engine works on', async () => {
      const controller = new AbortController();
      const reason = new Error('the card was pulled');
      const calls = [
        subject.engine.acquireProbe(subject.pictures.frames[0] as Uint8Array, controller.signal),
        subject.engine.guide(subject.pictures.frames[0] as Uint8Array, controller.signal),
      ];
      const settled = Promise.allSettled(calls);
      controller.abort(reason);
      const results = await settled;
      // The double is done before it can be interrupted; a real engine is not.
      for (const result of results) if (result.status === 'rejected') expect(result.reason).toBe(reason);
      await expect(subject.engine.guide(subject.pictures.card, controller.signal)).rejects.toBe(reason);
      expect((await reference(subject.pictures.card)).kind).toBe('acquired');
    });

    test('a closed engine refuses with a fault', async () => {
      await subject.engine[Symbol.asyncDispose]();
      await expect(subject.engine.guide(subject.pictures.card, signal)).rejects.toMatchObject({ code: 'FACE_ENGINE' });
    });
  });
}

function acquired<Finding extends ReferenceFinding | ProbeFinding>(
  finding: Finding,
): Extract<Finding, { kind: 'acquired' }> {
  expect(finding).toMatchObject({ kind: 'acquired' });
  return finding as Extract<Finding, { kind: 'acquired' }>;
}
