import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCampaign } from '../../scripts/campaign/run-campaign.ts';
import { MODELS_DIR } from '../../src/station/paths.ts';
import { brokerMissing } from '../fixtures/hub/broker.ts';
import { tempFolder } from '../fixtures/temp.ts';

const hasModels = existsSync(join(MODELS_DIR, 'people', 'index.json'));
if (!hasModels) process.stderr.write('Skipped: a campaign needs the models and demo photographs (./scripts/setup).\n');

test.skipIf(!hasModels || brokerMissing)(
  'a short campaign: two days, a power cut, no network for a night; every person ends with an outcome or a next step',
  { timeout: 180_000 },
  async () => {
    using folder = tempFolder();
    const notes: string[] = [];
    const { result, findings, play } = await runCampaign({
      ...{ seed: 3, people: 6, villages: 3, days: 2, out: folder.path },
      ...{ isShort: true, isWireSpeed: false, note: (text) => notes.push(text) },
    });
    expect(findings.checks.filter(({ isWell }) => !isWell)).toEqual([]);
    expect(result).toMatchObject({ people: 6, villages: 3, reconciled: true });
    expect(result.receipts).toBe(result.visits);
    expect(play.book.troubles.map(({ kind }) => kind).sort()).toEqual(['broker-away', 'camera-pulled', 'power-cut']);
    expect(new Set(play.book.visits.map(({ outcome }) => outcome)).size).toBeGreaterThan(3);
    // The report counts; it names nobody.
    const html = readFileSync(join(folder.path, 'campaign.html'), 'utf8');
    for (const { name } of play.order.people) expect(html).not.toContain(name.family);
    expect(html).not.toMatch(/<script|https?:\/\//);
    expect(readFileSync(join(folder.path, 'campaign.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
  },
);
