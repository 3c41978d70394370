/**
 * The plan of the house, held by machine: who may import whom. `tests/architecture` feeds it forbidden imports
 * and expects each to fail, so an empty check cannot pass for a clean one.
 */
// `serial` is a room of its own: two rooms talk over serial lines, and neither may know the other's drivers. They know its
// port; the registry hands them a link.
const PERIPHERALS = ['card', 'camera', 'serial', 'face-scanner', 'signals', 'badge', 'printer'];
const ROOMS = [...PERIPHERALS.map((name) => `peripherals/${name}`), 'face', 'journal', 'publish'];

/** Everything that `from` imports must match one of `to`, or be its own. */
const only = (name, from, to) => ({
  name,
  severity: 'error',
  from: { path: from, pathNot: '\\.test\\.tsx?$' },
  to: { pathNot: to },
});

const NPM_HOMES = {
  'onnxruntime-node': '^src/face/drivers/',
  sharp: '^src/(face|paper|peripherals/(camera|printer))/drivers/',
  pdfkit: '^src/paper/drivers/',
  fontkit: '^src/paper/drivers/',
  '@fontsource/noto-sans-thai-looped': '^src/paper/drivers/',
  lowdb: '^src/config/',
  jose: '^src/contract/envelope/',
  uqr: '^src/(ui|receipt|paper|cli)/',
  'mqtt-packet': '^src/hub/mqtt/',
  pg: '^src/hub/drivers/postgres/',
  '@electric-sql/pglite': '^src/hub/drivers/pglite/',
  mqtt: '^src/publish/drivers/',
  smartcard: '^src/peripherals/card/drivers/',
  serialport: '^src/peripherals/(serial|signals)/drivers/',
  'johnny-five': '^src/peripherals/signals/drivers/',
  'firmata-io': '^src/peripherals/signals/drivers/',
  avr8js: '^src/peripherals/signals/drivers/emulated/',
  'node-hid': '^src/peripherals/badge/drivers/',
  'pcsc-mini': '^src/peripherals/card/drivers/',
  fastify: '^src/kiosk/',
  pino: '^src/observe/',
  'prom-client': '^src/observe/',
};

export default {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true, dependencyTypesNot: ['type-only'] } },
    {
      name: 'not-resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(smartcard|node-hid)$' },
    },
    only('shared-imports-nothing', '^src/shared/', ['^src/shared/']),
    only('visit-is-pure', '^src/visit/', ['^src/(shared|visit)/']),
    only('desk-knows-no-device', '^src/desk/', [
      '^src/(desk|shared|visit|staff|receipt)/',
      // Lists and field book are pure; where they are kept is the station's to say.
      '^src/roster/(?!drivers/)',
      '^src/kiosk/(desk-)?protocol\\.ts$',
      '^(node:)?crypto$',
    ]),
    only('staff-keeps-to-itself', '^src/staff/', ['^src/(shared|staff)/', '^(node:)?crypto$']),
    // `drivers/` of it keep lists on the disk.
    only('roster-is-pure', '^src/roster/(?!drivers/|config\\.ts)', [
      '^src/(shared|roster)/',
      '^src/visit/(types|reasons)\\.ts$',
    ]),
    {
      name: 'roster-drivers-keep-apart',
      severity: 'error',
      from: { path: '^src/roster/drivers/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/', pathNot: ['^src/(roster|shared)/'] },
    },
    only('contract-is-a-language', '^src/contract/(?!envelope/|trust\\.ts)', [
      '^src/(shared|contract)/',
      'node_modules/zod/',
    ]),
    only('contract-envelope-computes', '^src/contract/(envelope/|trust\\.ts)', [
      '^src/(shared|contract)/',
      'node_modules/(zod|jose)/',
      '^(node:)?(crypto|zlib)$',
    ]),
    {
      name: 'contract-words-need-no-keys',
      severity: 'error',
      from: { path: '^src/contract/(?!envelope/|trust\\.ts)', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/contract/envelope/' },
    },
    only('receipt-keeps-to-itself', '^src/receipt/', [
      '^src/(receipt|shared|contract)/',
      '^src/visit/(types|reasons)\\.ts$',
      'node_modules/zod/',
    ]),
    // Documents are data: only `drivers/` knows letters, files and pictures.
    only('paper-is-data', '^src/paper/(?!drivers/)', [
      '^src/(paper|shared)/',
      '^src/receipt/words\\.ts$',
      '^src/visit/(types|reasons)\\.ts$',
      'node_modules/uqr/',
    ]),
    {
      name: 'paper-drivers-keep-apart',
      severity: 'error',
      from: { path: '^src/paper/drivers/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/', pathNot: '^src/(paper|shared)/' },
    },
    ...ROOMS.map((room) =>
      only(`${room.replace('/', '-')}-keeps-to-itself`, `^src/${room}/(?!drivers/)`, [
        `^src/${room}/`,
        '^src/(shared|contract)/',
        '^src/visit/types\\.ts$',
        '^src/[^.]+/port\\.ts$',
        'node_modules/zod/',
        '^(node:)?(crypto|zlib|path)$',
      ]),
    ),
    ...ROOMS.map((room) => ({
      name: `${room.replace('/', '-')}-drivers-keep-apart`,
      severity: 'error',
      from: { path: `^src/${room}/drivers/`, pathNot: '\\.test\\.ts$' },
      to: {
        path: '^src/',
        pathNot: [`^src/${room}/`, '^src/(shared|contract)/', '^src/visit/types\\.ts$', '^src/[^.]+/port\\.ts$'],
      },
    })),
    {
      name: 'no-driver-to-driver',
      severity: 'error',
      from: { path: '^src/(.+)/drivers/([^/.]+)', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/$1/drivers/', pathNot: '^src/$1/drivers/$2' },
    },
    only('hub-knows-no-device', '^src/hub/(?!drivers/|mqtt/)', [
      '^src/(hub|shared|contract)/',
      'node_modules/zod/',
      '^(node:)?(crypto|fs|path|url|os|http|https)$',
    ]),
    {
      name: 'hub-drivers-know-no-device',
      severity: 'error',
      from: { path: '^src/hub/(drivers|mqtt)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/', pathNot: '^src/(hub|shared|contract)/' },
    },
    {
      name: 'nobody-but-its-commands-imports-the-hub',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/hub/', '^src/cli/hub-', '\\.test\\.ts$'] },
      to: { path: '^src/hub/' },
    },
    {
      name: 'ingest-has-no-opening-key',
      severity: 'error',
      from: { path: '^src/hub/(?!vault|server-keys|open-)', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/hub/vault' },
    },
    {
      name: 'only-the-registry-touches-drivers',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [
          '/drivers/',
          '^src/station/((simulator|models|link|journal|roster|paper)-)?registry\\.ts$',
          '^src/hub/open-database\\.ts$',
          '\\.test\\.ts$',
        ],
      },
      to: { path: '/drivers/' },
    },
    only('config-reads-schemas', '^src/config/', [
      '^src/(config|shared)/',
      '^src/.+/config\\.ts$',
      'node_modules/(zod|lowdb)/',
      '^(node:)?(fs|fs/promises|path|os)$',
    ]),
    {
      name: 'kiosk-knows-no-room',
      severity: 'error',
      from: { path: '^src/kiosk/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/', pathNot: ['^src/(kiosk|shared)/', '^src/visit/types\\.ts$'] },
    },
    {
      name: 'ui-knows-the-protocol-only',
      severity: 'error',
      from: { path: '^src/ui/' },
      to: { path: '^src/', pathNot: ['^src/ui/', '^src/kiosk/(desk-)?protocol\\.ts$', '^src/visit/types\\.ts$'] },
    },
    {
      name: 'ui-protocol-as-types',
      severity: 'error',
      from: { path: '^src/ui/' },
      to: { path: '^src/(kiosk|visit)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nobody-imports-ui',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/ui/' },
      to: { path: '^src/ui/' },
    },
    {
      name: 'station-is-the-root',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(station|cli|main\\.ts|cli\\.ts)', '\\.test\\.ts$'] },
      to: { path: '^src/station/' },
    },
    // Plays either side of the protocol over a broker: it may know the language and the port to the broker, no insides.
    only('conformance-knows-no-insides', '^src/conformance/', [
      '^src/(conformance|shared|contract)/',
      '^src/publish/port\\.ts$',
      '^(node:)?crypto$',
      'node_modules/zod/',
    ]),
    {
      name: 'cli-goes-through-the-station',
      severity: 'error',
      from: { path: '^src/(cli/|cli\\.ts|main\\.ts)', pathNot: ['^src/cli/hub-', '\\.test\\.ts$'] },
      to: { path: '^src/', pathNot: ['^src/(station|config|observe|identity|shared|cli)/', '^src/cli\\.ts$'] },
    },
    {
      name: 'hub-commands-know-the-hub',
      severity: 'error',
      from: { path: '^src/cli/hub-', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/', pathNot: '^src/(hub|shared|contract|cli)/' },
    },
    ...Object.entries(NPM_HOMES).map(([name, home]) => ({
      name: `${name}-has-one-home`,
      severity: 'error',
      from: { path: '^src/', pathNot: [home, '\\.test\\.ts$'] },
      to: { path: `(^|/)node_modules/${name}/` },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.css$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
};
