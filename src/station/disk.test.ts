import { statfsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { diskState } from './disk.ts';

const limits = { minFreeBytes: 1_000, warnFreeBytes: 10_000 };
const EXT4 = 0xef53;
const disk = (freeBytes: number, type: number) => ({ ...statfsSync('/'), bavail: freeBytes / 10, bsize: 10, type });

test.each([
  { where: 'ext4', type: EXT4, free: 1e6, state: 'ready', code: null },
  { where: 'ext4', type: EXT4, free: 9_990, state: 'degraded', code: 'DISK_LOW' },
  { where: 'ext4', type: EXT4, free: 990, state: 'faulty', code: 'DISK_FULL' },
  { where: 'tmpfs', type: 0x01021994, free: 1e6, state: 'degraded', code: 'STORE_VOLATILE' },
  { where: 'overlay', type: 0x794c7630, free: 1e6, state: 'degraded', code: 'STORE_VOLATILE' },
  { where: 'overlay', type: 0x794c7630, free: 990, state: 'faulty', code: 'DISK_FULL' },
])('$free bytes on $where: $state $code', ({ type, free, state, code }) => {
  expect(diskState('/data', limits, disk(free, type))).toEqual({ state, name: '/data', code });
});
