import { defineConfig } from 'vitest/config';

/** Integration tests that need neither pcscd nor a camera: brokers, databases and files of their own, so they run beside each other. */
const APART = [
  'hub-*',
  'journal-*',
  'link-security',
  'orders',
  'receipt',
  'identity',
  'face-fetch',
  'models-commands',
].map((name) => `tests/integration/${name}.test.ts`);

/** Tiers as projects: unit and apart run in parallel; integration and e2e share one pcscd, so they run one file at a time. */
export default defineConfig({
  test: {
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'src/**/*.test.ts',
            'tests/contract/**/*.test.ts',
            'tests/architecture/**/*.test.ts',
            'scripts/**/*.test.ts',
          ],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'apart',
          include: APART,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          exclude: APART,
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      // One guest at a time, and only where `scripts/test-vm` has made one ready: without that this project does not exist.
      ...(process.env['THUENGBAN_VM'] === undefined
        ? []
        : [
            {
              test: {
                name: 'vm',
                include: ['tests/vm/*.test.ts'],
                fileParallelism: false,
                testTimeout: 300_000,
                hookTimeout: 300_000,
              },
            },
          ]),
    ],
  },
});
