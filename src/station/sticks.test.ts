import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../tests/fixtures/temp.ts';
import { MAX_ORDER_BYTES } from '../contract/orders.ts';
import { findSticks, isOnStick, ordersAt, readOrdersFile } from './sticks.ts';

test('work orders are found on what is plugged in, and nowhere else', () => {
  using folder = tempFolder();
  const [roots, outside] = [['media', 'mnt', 'none'].map((name) => join(folder.path, name)), join(folder.path, 'home')];
  const stick = join(folder.path, 'media', 'user', 'อำเภอ');
  for (const path of [stick, join(folder.path, 'mnt', 'empty'), outside, join(stick, 'deeper')])
    mkdirSync(path, { recursive: true });
  for (const path of ['2.orders', '1.orders', '.hidden.orders', 'readme.txt', 'deeper/3.orders'])
    writeFileSync(join(stick, path), 'x');
  writeFileSync(join(outside, 'own.orders'), 'x');
  symlinkSync(join(outside, 'own.orders'), join(stick, 'link.orders'));
  expect(findSticks(roots)).toEqual([{ path: stick, label: 'อำเภอ', orders: 2 }]);
  expect(ordersAt(stick)).toEqual([join(stick, '1.orders'), join(stick, '2.orders')]);
  expect([ordersAt(join(stick, '1.orders')), ordersAt(join(stick, 'readme.txt')), ordersAt('/nowhere')]).toEqual([
    [join(stick, '1.orders')],
    [],
    [],
  ]);
  const asked = [
    stick,
    join(stick, '1.orders'),
    join(stick, 'link.orders'),
    outside,
    roots[0] ?? '',
    `${stick}/../../../home`,
  ];
  expect(asked.map((path) => isOnStick(path, roots))).toEqual([true, true, false, false, false, false]);
});

test('a pipe, a folder, a file that is too large: refused, and nobody waits', () => {
  using folder = tempFolder();
  const at = (name: string) => join(folder.path, name);
  execFileSync('mkfifo', [at('pipe.orders')]);
  writeFileSync(at('large.orders'), Buffer.alloc(MAX_ORDER_BYTES + 1));
  writeFileSync(at('good.orders'), 'x');
  for (const name of ['pipe.orders', 'large.orders', 'none.orders', '.'])
    expect(() => readOrdersFile(at(name))).toThrow(expect.objectContaining({ code: 'ORDERS_REFUSED' }));
  expect(Buffer.from(readOrdersFile(at('good.orders'))).toString()).toBe('x');
});
