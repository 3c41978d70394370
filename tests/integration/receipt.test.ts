import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openStationKeys } from '../../src/identity/station-keys.ts';
import { issueReceipt } from '../../src/receipt/receipt.ts';
import { TYPICAL_FACTS } from '../fixtures/paper.ts';
import { thuengban } from '../fixtures/run-command.ts';
import { tempFolder } from '../fixtures/temp.ts';

const facts = { ...(TYPICAL_FACTS[3] ?? expect.fail('no facts')), station: 'st-demo' };

describe('thuengban receipt verify', () => {
  test('believes this station, then the stations on the list that its server has signed', async () => {
    using folder = tempFolder();
    const at = (name: string) => join(folder.path, name);
    mkdirSync(at('data'));
    const { signer } = openStationKeys({ dir: at('data'), station: 'st-demo', isDemo: false });
    const { credential, qrText } = issueReceipt(facts, signer, 'https://example.org/verify/');
    writeFileSync(at('receipt.txt'), `${qrText}\n`);
    const env = { THUENGBAN_DATA: at('data'), THUENGBAN_HUB: at('hub') };

    const own = await thuengban(['receipt', 'verify', at('receipt.txt')], env);
    expect(own).toMatchObject({ code: 0, stderr: expect.not.stringContaining('fault') });
    for (const words of ['ใบรับจริง', 'Genuine', '7KQ2-M8XD', 'บัตรหมดอายุ', '•-••••-••••9-99-4'])
      expect(own.stdout).toContain(words);
    const changed = await thuengban(['receipt', 'verify', credential.replace(/.{5}~$/, 'AAAAA~'), '--json'], env);
    expect([changed.code, JSON.parse(changed.stdout)]).toEqual([
      1,
      { state: expect.stringMatching(/changed|not-a-receipt/), receipt: null },
    ]);

    await thuengban(['hub', 'keys'], env);
    const empty = await thuengban(['hub', 'receipt-trust', '--out', at('none.jws'), '--json'], env);
    expect(JSON.parse(empty.stdout)).toMatchObject({ issuers: 0 });
    const trusting = ['--server', at('hub/trust.json')];
    const unknown = await thuengban(
      ['receipt', 'verify', credential, '--trust', at('none.jws'), ...trusting, '--json'],
      env,
    );
    expect([unknown.code, JSON.parse(unknown.stdout).state]).toEqual([1, 'unknown-issuer']);
    const shown = await thuengban(['identity', 'show', '--json'], env);
    writeFileSync(at('station.json'), shown.stdout);
    await thuengban(['hub', 'register', at('station.json')], env);
    await thuengban(['hub', 'receipt-trust', '--out', at('list.jws')], env);
    const known = await thuengban(
      ['receipt', 'verify', credential, '--trust', at('list.jws'), ...trusting, '--json'],
      env,
    );
    expect(JSON.parse(known.stdout)).toMatchObject({ state: 'genuine', receipt: { outcome: 'referred' } });
    // Another station that believes the same server knows it by the list that it has taken over.
    mkdirSync(at('other'));
    const other = { THUENGBAN_DATA: at('other') };
    const verify = async () =>
      JSON.parse((await thuengban(['receipt', 'verify', credential, '--json'], other)).stdout).state;
    expect(await verify()).toBe('unknown-issuer');
    const take = (file: string) => thuengban(['receipt', 'trust', at(file), '--json'], other);
    expect(JSON.parse((await take('list.jws')).stdout).fault.code).toBe('TRUST_MISSING');
    await thuengban(['identity', 'trust', at('hub/trust.json')], other);
    expect(JSON.parse((await take('list.jws')).stdout)).toMatchObject({ issuers: 1 });
    expect(await verify()).toBe('genuine');
    // An older one, or one that is not the server's, leaves it.
    for (const file of ['none.jws', 'receipt.txt'])
      expect(JSON.parse((await take(file)).stdout).fault.code).toBe('CONFIG_INVALID');
    expect(await verify()).toBe('genuine');
    // A list that somebody else has changed is worse than none.
    writeFileSync(at('list.jws'), readFileSync(at('list.jws'), 'utf8').replace(/.{5}\n$/, 'AAAAA\n'));
    const forged = await thuengban(['receipt', 'verify', credential, '--trust', at('list.jws'), ...trusting], env);
    expect(forged).toMatchObject({ code: 2, stderr: expect.stringContaining('CONFIG_INVALID') });
  });
});
