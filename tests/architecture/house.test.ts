import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const home = fileURLToPath(new URL('../..', import.meta.url));
const tracked = execFileSync('git', ['ls-files'], { cwd: home, encoding: 'utf8' })
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(home, path)));

test('every room has a README that a reader finds', () => {
  const rooms = ['src', 'src/peripherals'].flatMap((folder) =>
    readdirSync(join(home, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'peripherals')
      .map((entry) => `${folder}/${entry.name}`),
  );
  expect(rooms.length).toBeGreaterThan(10);
  expect(rooms.filter((room) => !existsSync(join(home, room, 'README.md')))).toEqual([]);
});

test('no file is longer than a reader can hold; tables and tests aside', () => {
  const long = tracked
    .filter((path) => /^src\/.*\.tsx?$/.test(path) && !/\.test\.ts$/.test(path) && !/(faults|clauses)\.ts$/.test(path))
    .filter((path) => readFileSync(join(home, path), 'utf8').split('\n').length > 300);
  expect(long).toEqual([]);
});

test('no model, photograph of a person or database is committed', () => {
  const pictures = tracked.filter((path) => /\.(onnx|tflite|bin|jpe?g|sqlite)$/i.test(path));
  expect(pictures).toEqual([]);
});

test('no committed fixture holds a citizen number that could be somebody’s', () => {
  const issued = /(?<!\d)[1-8]\d{12}(?!\d)/g;
  const isNumber = (text: string) => {
    const sum = [...text.slice(0, 12)].reduce((total, digit, i) => total + Number(digit) * (13 - i), 0);
    return (11 - (sum % 11)) % 10 === Number(text[12]);
  };
  const found = tracked
    .filter((path) => /\.(ts|tsx|json|md|sh|csv|html)$/.test(path) && path !== 'package-lock.json')
    .flatMap((path) =>
      [...readFileSync(join(home, path), 'utf8').matchAll(issued)]
        .filter(([text]) => isNumber(text))
        .map(([text]) => `${path}: ${text.slice(0, 4)}…`),
    );
  expect(found).toEqual([]);
});
