import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { ownProgramme } from '../../src/desk/programme.ts';
import { citizenEn } from '../../src/ui/i18n/citizen-en.ts';
import { citizenTh } from '../../src/ui/i18n/citizen-th.ts';
import { makeDesk } from '../fixtures/desk.ts';
import { AGREE, PHOTO, PROBES, REVIEW, textRead } from '../fixtures/visit.ts';

/** The notice as it stands on the glass, without the marks where its lines may break. */
const onGlass = (texts: Readonly<Record<keyof typeof citizenTh, string>>, form: '' | '-short' = '') =>
  `${texts[`reading.compared${form}`]} ${texts[`reading.kept${form}`]}`.replaceAll('|', '').replaceAll(/\s+/g, ' ');

test('what is recorded as shown is what the glass says of the comparison, word for word, whatever a list calls it', async () => {
  const [comparison] = ownProgramme('2026-11', 9).purposes;
  expect(comparison?.words).toEqual({ th: onGlass(citizenTh), en: onGlass(citizenEn) });
  expect(comparison?.shortWords).toEqual({ th: onGlass(citizenTh, '-short'), en: onGlass(citizenEn, '-short') });

  for (const [given, form] of [
    [AGREE, ''],
    [{ ...AGREE, isShort: true }, '-short'],
  ] as const) {
    const it = await makeDesk();
    await it.signIn('a');
    const subject = it.entries().flatMap((entry) => it.roster.subjectOf(entry) ?? [])[0] ?? '';
    it.insert(subject);
    for (const event of [
      textRead(),
      PHOTO,
      given,
      PROBES,
      { kind: 'compared', result: { kind: 'review', evidence: REVIEW } } as const,
    ])
      it.dispatch(event);
    const shown = createHash('sha256').update(onGlass(citizenTh, form)).digest('hex');
    const [consent] = (it.written.at(-1)?.data['consents'] ?? []) as object[];
    expect(consent).toMatchObject({ purpose: 'face-comparison', language: 'th', shown });
    expect(consent).not.toHaveProperty('isShort');
  }
});
