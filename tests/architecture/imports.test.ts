import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import { expect, test } from 'vitest';
import { tempFolder } from '../fixtures/temp.ts';

const home = fileURLToPath(new URL('../..', import.meta.url));

/** Each import here breaks the plan of the house; the rule that must catch it stands beside it. */
const FORBIDDEN: readonly (readonly [rule: string, from: string, to: string])[] = [
  ['shared-imports-nothing', 'src/shared/a.ts', '../visit/types.ts'],
  ['shared-imports-nothing', 'src/shared/b.ts', 'node:fs'],
  ['visit-is-pure', 'src/visit/a.ts', 'node:fs'],
  ['visit-is-pure', 'src/visit/b.ts', 'zod'],
  ['visit-is-pure', 'src/visit/c.ts', '../journal/port.ts'],
  ['roster-is-pure', 'src/roster/a.ts', 'node:fs'],
  ['roster-is-pure', 'src/roster/b.ts', '../contract/orders.ts'],
  ['roster-drivers-keep-apart', 'src/roster/drivers/one/a.ts', '../../../config/kept-file.ts'],
  ['contract-is-a-language', 'src/contract/a.ts', '../journal/port.ts'],
  ['contract-is-a-language', 'src/contract/b.ts', 'node:crypto'],
  ['contract-words-need-no-keys', 'src/contract/c.ts', './envelope/a.ts'],
  ['contract-envelope-computes', 'src/contract/envelope/b.ts', 'node:fs'],
  ['contract-envelope-computes', 'src/contract/envelope/c.ts', '../../journal/port.ts'],
  ['jose-has-one-home', 'src/station/p.ts', 'jose'],
  ['peripherals-card-keeps-to-itself', 'src/peripherals/card/a.ts', '../../journal/chain.ts'],
  ['peripherals-card-drivers-keep-apart', 'src/peripherals/card/drivers/c.ts', '../../serial/drivers/one/a.ts'],
  ['peripherals-camera-keeps-to-itself', 'src/peripherals/camera/a.ts', 'sharp'],
  ['peripherals-serial-keeps-to-itself', 'src/peripherals/serial/a.ts', 'serialport'],
  ['peripherals-face-scanner-keeps-to-itself', 'src/peripherals/face-scanner/a.ts', '../card/apdu.ts'],
  ['peripherals-face-scanner-drivers-keep-apart', 'src/peripherals/face-scanner/drivers/a.ts', '../../card/apdu.ts'],
  ['peripherals-signals-keeps-to-itself', 'src/peripherals/signals/a.ts', 'johnny-five'],
  ['peripherals-badge-keeps-to-itself', 'src/peripherals/badge/a.ts', 'node-hid'],
  ['peripherals-badge-drivers-keep-apart', 'src/peripherals/badge/drivers/a.ts', '../../card/apdu.ts'],
  ['peripherals-printer-keeps-to-itself', 'src/peripherals/printer/a.ts', '../../paper/layout.ts'],
  ['peripherals-printer-drivers-keep-apart', 'src/peripherals/printer/drivers/a.ts', '../../serial/drivers/one/a.ts'],
  ['receipt-keeps-to-itself', 'src/receipt/a.ts', '../journal/port.ts'],
  ['receipt-keeps-to-itself', 'src/receipt/b.ts', 'node:fs'],
  ['paper-is-data', 'src/paper/a.ts', 'pdfkit'],
  ['paper-is-data', 'src/paper/b.ts', '../receipt/receipt.ts'],
  ['paper-drivers-keep-apart', 'src/paper/drivers/a.ts', '../../receipt/receipt.ts'],
  ['pdfkit-has-one-home', 'src/station/r.ts', 'pdfkit'],
  ['fontkit-has-one-home', 'src/station/s.ts', 'fontkit'],
  ['@fontsource/noto-sans-thai-looped-has-one-home', 'src/station/t.ts', '@fontsource/noto-sans-thai-looped'],
  ['face-keeps-to-itself', 'src/face/a.ts', '../peripherals/card/apdu.ts'],
  ['journal-keeps-to-itself', 'src/journal/a.ts', '../publish/uplink.ts'],
  ['publish-keeps-to-itself', 'src/publish/a.ts', 'mqtt'],
  ['journal-drivers-keep-apart', 'src/journal/drivers/a.ts', '../../station/paths.ts'],
  ['no-driver-to-driver', 'src/face/drivers/one/a.ts', '../two/b.ts'],
  ['only-the-registry-touches-drivers', 'src/station/a.ts', '../face/drivers/two/b.ts'],
  ['config-reads-schemas', 'src/config/a.ts', '../journal/port.ts'],
  ['kiosk-knows-no-room', 'src/kiosk/a.ts', '../journal/port.ts'],
  ['ui-knows-the-protocol-only', 'src/ui/a.ts', '../kiosk/server.ts'],
  ['ui-protocol-as-types', 'src/ui/b.ts', '../kiosk/protocol.ts'],
  ['nobody-imports-ui', 'src/kiosk/b.ts', '../ui/main.ts'],
  ['station-is-the-root', 'src/kiosk/c.ts', '../station/paths.ts'],
  ['cli-goes-through-the-station', 'src/cli/a.ts', '../journal/port.ts'],
  ['lowdb-has-one-home', 'src/station/b.ts', 'lowdb'],
  ['serialport-has-one-home', 'src/peripherals/face-scanner/drivers/b.ts', 'serialport'],
  ['mqtt-has-one-home', 'src/station/c.ts', 'mqtt'],
  ['onnxruntime-node-has-one-home', 'src/peripherals/camera/drivers/a.ts', 'onnxruntime-node'],
  ['sharp-has-one-home', 'src/station/d.ts', 'sharp'],
  ['node-hid-has-one-home', 'src/station/n.ts', 'node-hid'],
  ['fastify-has-one-home', 'src/station/e.ts', 'fastify'],
  ['pino-has-one-home', 'src/station/f.ts', 'pino'],
  ['prom-client-has-one-home', 'src/station/g.ts', 'prom-client'],
  ['serialport-has-one-home', 'src/station/k.ts', 'serialport'],
  ['johnny-five-has-one-home', 'src/peripherals/card/drivers/b.ts', 'johnny-five'],
  ['firmata-io-has-one-home', 'src/station/l.ts', 'firmata-io'],
  ['pcsc-mini-has-one-home', 'src/station/o.ts', 'pcsc-mini'],
  ['avr8js-has-one-home', 'src/peripherals/signals/drivers/simulated/b.ts', 'avr8js'],
  ['hub-knows-no-device', 'src/hub/a.ts', '../peripherals/card/apdu.ts'],
  ['hub-knows-no-device', 'src/hub/b.ts', 'pg'],
  ['hub-knows-no-device', 'src/hub/c.ts', '../journal/port.ts'],
  ['hub-drivers-know-no-device', 'src/hub/drivers/postgres/a.ts', '../../../journal/port.ts'],
  ['hub-drivers-know-no-device', 'src/hub/mqtt/a.ts', '../../publish/uplink.ts'],
  ['ingest-has-no-opening-key', 'src/hub/ingest-b.ts', './vault.ts'],
  ['nobody-but-its-commands-imports-the-hub', 'src/station/q.ts', '../hub/port.ts'],
  ['hub-commands-know-the-hub', 'src/cli/hub-a.ts', '../station/paths.ts'],
  ['no-driver-to-driver', 'src/hub/drivers/postgres/b.ts', '../pglite/b.ts'],
  ['only-the-registry-touches-drivers', 'src/hub/d.ts', './drivers/postgres/a.ts'],
  ['mqtt-packet-has-one-home', 'src/hub/e.ts', 'mqtt-packet'],
  ['pg-has-one-home', 'src/hub/mqtt/b.ts', 'pg'],
  ['@electric-sql/pglite-has-one-home', 'src/hub/f.ts', '@electric-sql/pglite'],
  ['not-resolvable', 'src/station/h.ts', './not-there.ts'],
  ['no-circular', 'src/station/i.ts', './j.ts'],
];

async function violations(base: string, options: ICruiseOptions) {
  const { options: shared, forbidden } = (await import(join(home, '.dependency-cruiser.js'))).default;
  const { output } = await cruise(
    ['src'],
    { ...shared, tsConfig: undefined, baseDir: base, ruleSet: { forbidden }, validate: true, ...options },
    shared.enhancedResolveOptions,
  );
  return (output as ICruiseResult).summary.violations;
}

test('every forbidden import is caught by its rule', async () => {
  using folder = tempFolder();
  symlinkSync(join(home, 'node_modules'), join(folder.path, 'node_modules'));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder.path, path)), { recursive: true });
    writeFileSync(join(folder.path, path), text);
  };
  for (const [, from, to] of FORBIDDEN)
    if (to.startsWith('.') && !to.includes('not-there')) write(join(dirname(from), to), 'export const it = 1;\n');
  for (const [, from, to] of FORBIDDEN) write(from, `import * as it from '${to}';\nexport const used = it;\n`);
  write('src/station/j.ts', "export * from './i.ts';\n");
  const caught = (await violations(folder.path, {})).map(({ rule, from }) => `${rule.name} ← ${from}`);
  expect(caught).toEqual(expect.arrayContaining(FORBIDDEN.map(([rule, from]) => `${rule} ← ${from}`)));
});

test('the check looks at the whole house and finds it in order', async () => {
  const { options, forbidden } = (await import(join(home, '.dependency-cruiser.js'))).default;
  const { output } = await cruise(
    ['src'],
    { ...options, baseDir: home, ruleSet: { forbidden }, validate: true },
    options.enhancedResolveOptions,
  );
  const { summary } = output as ICruiseResult;
  expect(summary.totalCruised).toBeGreaterThan(100);
  expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
});
