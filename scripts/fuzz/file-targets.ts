import { checkSettings } from '../../src/config/load-settings.ts';
import { settingsSchema } from '../../src/config/settings.ts';
import { ascii } from './bytes.ts';
import type { Target } from './targets.ts';

const DEFAULTS = JSON.stringify(settingsSchema.parse({}));
/** What people and broken programs put where something else belongs. */
const WRONG: readonly unknown[] = [
  null,
  true,
  '',
  'ก'.repeat(500),
  '__proto__',
  0,
  -1,
  1e308,
  0.5,
  [],
  [[]],
  {},
  { constructor: 1 },
  { a: { b: {} } },
];

/** The settings as they are from the start, with a few values (or whole parts) replaced as the bytes say. */
function damaged(input: Uint8Array): unknown {
  const settings = JSON.parse(DEFAULTS) as Record<string, unknown>;
  for (let at = 0; at + 2 < input.length && at < 15; at += 3) {
    const [part = 0, key = 0, value = 0] = input.subarray(at, at + 3);
    const room = Object.keys(settings)[part % Object.keys(settings).length] ?? '';
    const inside = settings[room];
    const keys = inside !== null && typeof inside === 'object' ? Object.keys(inside) : [];
    const name = keys[key % (keys.length + 1)];
    const target = name === undefined ? settings : (inside as Record<string, unknown>);
    target[name ?? room] = WRONG[value % WRONG.length];
  }
  return settings;
}

/** The file that technicians edit by hand. */
export const FILE_TARGETS: Readonly<Record<string, Target>> = {
  'settings file': {
    samples: [
      ascii('{}'),
      ascii('{"station":{"id":"st-demo"},"kiosk":{"port":8080},"faceScanner":{"driver":"fm225","path":"/dev/x"}}'),
      ascii(DEFAULTS),
    ],
    run: (input) => {
      let data: unknown;
      try {
        data = JSON.parse(new TextDecoder().decode(input));
      } catch {
        data = damaged(input);
      }
      return checkSettings(data, 'settings.json');
    },
  },
};
