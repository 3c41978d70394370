import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readServerWord } from '../../src/contract/envelope/server-word.ts';
import { downTopic } from '../../src/contract/topics.ts';
import { trusted, trustSchema } from '../../src/contract/trust.ts';
import { MqttConnection } from '../../src/hub/mqtt/connection.ts';
import { syntheticOrder } from '../../src/roster/synthetic-order.ts';
import { brokerMissing, OwnBroker } from '../fixtures/hub/broker.ts';
import { thuengban } from '../fixtures/run-command.ts';
import { tempFolder } from '../fixtures/temp.ts';

const STATION = 'st-demo';

test.skipIf(brokerMissing)(
  'a work order goes from the district’s file to the station: sealed, told, imported, shown, forgotten',
  async () => {
    using folder = tempFolder();
    await using broker = await OwnBroker.start();
    const at = (name: string) => join(folder.path, name);
    const [server, data] = [at('server'), at('data')];
    const run = async (...args: readonly string[]) => {
      const result = await thuengban(args);
      return {
        ...result,
        json: result.stdout.startsWith('{') || result.stdout.startsWith('[') ? JSON.parse(result.stdout) : null,
      };
    };
    const { json: keys } = await run('hub', 'keys', '--dir', server, '--json');
    await run('identity', 'trust', keys.trust, '--data', data);
    const { stdout: document } = await run('identity', 'show', '--data', data, '--json');
    writeFileSync(at('station.json'), document);

    const today = new Date().toISOString().slice(0, 10);
    const order = syntheticOrder({
      seed: 3,
      station: STATION,
      people: 124,
      villages: 85,
      tambons: 8,
      day: today,
      days: 5,
    });
    const write = (value: unknown) => writeFileSync(at('order.json'), JSON.stringify(value));
    write(order);
    const seal = (...more: readonly string[]) =>
      run('hub', 'orders', '--station', STATION, at('order.json'), '--dir', server, '--json', ...more);
    // A station that is not registered, or by an older document without a receiving key.
    expect((await seal('--out', at('no.orders'))).json.fault.code).toBe('HUB_ORDERS');
    const { receiving: _, ...older } = JSON.parse(document);
    writeFileSync(at('older.json'), JSON.stringify(older));
    await run('hub', 'register', at('older.json'), '--dir', server);
    expect((await seal('--out', at('no.orders'))).json.fault.message).toContain('receiving');
    expect((await run('hub', 'register', at('station.json'), '--dir', server)).stdout).toContain('registered');

    mkdirSync(at('stick'));
    const out = at('stick/1.orders');
    const made = await seal('--out', out, '--qr', at('qr'), '--publish', '--broker', broker.url);
    expect(made.code, made.stderr).toBe(0);
    expect(made.json).toMatchObject({ people: 124, pointer: 1, isPublished: true });
    const pictures = readdirSync(at('qr'));
    expect([pictures.length, made.json.pictures]).toEqual([made.json.pictures, pictures.length]);
    expect(readFileSync(at('qr/001.svg'), 'utf8')).toMatch(/^<svg[^>]*><title>order-synthetic rev 1: 1\/\d+<\/title>/);

    // The pointer waits for the station, signed, and says nothing of anybody.
    const pointer = Promise.withResolvers<Uint8Array>();
    const options = { clientId: 'st', sessionExpiryS: 0, receiveMaximum: 9, will: null };
    const signal = AbortSignal.timeout(20_000);
    const broken = { url: broker.url, username: null, password: null, tls: { ca: null, cert: null, key: null } };
    const connection = await MqttConnection.open(
      broken,
      { ...options, onMessage: (_topic, payload) => pointer.resolve(payload) },
      signal,
    );
    await connection.subscribe(downTopic(STATION, 'orders'), signal);
    const { keys: believed } = trusted(trustSchema.parse(JSON.parse(readFileSync(keys.trust, 'utf8'))));
    const word = readServerWord('orders', await pointer.promise, {
      station: STATION,
      keys: believed,
      nowMs: Date.now(),
    });
    expect(word).toMatchObject({
      kind: 'believed',
      statement: { rev: 1, sha256: made.json.sha256, size: made.json.bytes },
    });
    await connection.close(1_000);

    const imported = await run('orders', 'import', at('stick'), '--data', data, '--json');
    expect(imported.json).toMatchObject([{ taken: { kind: 'taken', added: 124, people: 124, isKnown: false } }]);
    expect((await run('orders', 'import', out, '--data', data, '--json')).json).toMatchObject([
      { taken: { kept: 124, isKnown: true } },
    ]);
    const shown = await run('orders', 'show', '--data', data, '--json');
    expect(shown.json).toMatchObject({ lists: [{ id: 'order-synthetic', rev: 1, people: 124 }], broken: [], kept: 1 });
    expect(shown.json.villages).toHaveLength(85);
    for (const { name } of order.people.slice(0, 20))
      expect(`${imported.stdout}${shown.stdout}`).not.toContain(name.family);
    // Written down once, without names.
    const { stdout: events } = await run('journal', 'list', '--data', data, '--json');
    expect(events.match(/roster\.orders-taken\.v1/g)?.length).toBeGreaterThan(0);
    expect(events).toContain(made.json.sha256);

    // A mistake names its place and nobody.
    write({ ...order, rev: 2, people: [{ ...order.people[0], bornYear: 'SECRET' }] });
    const wrong = await seal('--out', at('no.orders'));
    expect(wrong.json.fault.message).toContain('people.0.bornYear');
    expect(wrong.stdout).not.toContain('SECRET');

    expect((await run('orders', 'forget', '--data', data, '--json')).json).toEqual(['order-synthetic']);
    expect((await run('orders', 'show', '--data', data, '--json')).json).toMatchObject({ lists: [], villages: [] });
  },
  120_000,
);
