import { mkdirSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { renderSVG } from 'uqr';
import { packOrders } from '../contract/envelope/orders.ts';
import { signServerWord } from '../contract/envelope/server-word.ts';
import { stationId } from '../contract/ids.ts';
import { toQrParts } from '../contract/qr-parts.ts';
import { downTopic } from '../contract/topics.ts';
import { publishRetained } from '../hub/mqtt/publish-retained.ts';
import { makeOrders, type SealedOrder } from '../hub/orders-folder.ts';
import { serveOrders } from '../hub/serve-orders.ts';
import { controllingSigner } from '../hub/server-keys.ts';
import { writeOnce } from '../hub/write-file.ts';
import { StationFault } from '../shared/fault.ts';
import { type Command, JSON_OPTION, usage } from './command.ts';
import { BROKER_OPTIONS, brokerOf, fileOf } from './hub-broker.ts';
import { DIR_OPTION, hubDirOf } from './hub-commands.ts';

/** What a phone shows and a scanner reads well: QR version 21 at error correction M. */
const QR_BYTES = 500;
const PUBLISH_LIMIT_MS = 20_000;

export const hubOrdersCommand: Command = {
  name: 'hub orders',
  usage:
    'hub orders --station ID FILE.json [--out FILE] [--qr FOLDER] [--publish [--broker URL …]] [--dir DIR] [--json]',
  options: {
    station: { type: 'string', value: 'ID', help: 'The station that it is for, and that alone can open it' },
    out: { type: 'string', value: 'FILE', help: 'Where to write the sealed file (default: REV.orders here)' },
    qr: { type: 'string', value: 'FOLDER', help: 'Also write it as pictures of QR codes (SVG)' },
    publish: { type: 'boolean', help: 'Tell the station by the broker that it is there to be fetched' },
    ...BROKER_OPTIONS,
    dir: DIR_OPTION,
    json: JSON_OPTION,
  },
  hasPositionals: true,
  async run(input, output) {
    const [file, ...rest] = input.positionals;
    const station = stationId.safeParse(input.text('station'));
    if (file === undefined || rest.length > 0) throw usage(this, 'which document? Expected one file of JSON');
    if (!station.success) throw usage(this, '--station: the name of a registered station');
    const dir = hubDirOf(input);
    const broker = input.flag('publish') ? brokerOf(this, input) : undefined;
    const made = await makeOrders(dir, station.data, read(file), new Date());
    const out = input.text('out') ?? `${made.order.rev}.orders`;
    writeOnce(out, made.bytes, 0o600);
    const pictures = writePictures(made, input.text('qr'));
    if (broker) {
      const payload = signServerWord('orders', made.pointer, controllingSigner(dir));
      const message = { topic: downTopic(station.data, 'orders'), payload, contentType: 'application/jose' };
      const signal = AbortSignal.any([input.signal, AbortSignal.timeout(PUBLISH_LIMIT_MS)]);
      await publishRetained(broker, `srv.orders.${hostname().slice(0, 40)}.${process.pid}`, message, signal);
    }
    const { order, sha256, bytes, pointer } = made;
    const said = { order: order.id, rev: order.rev, people: order.people.length, sha256, bytes: bytes.length, out };
    const told = { pointer: pointer.rev, isPublished: broker !== undefined, pictures };
    if (input.isJson) output.data(JSON.stringify({ ...said, ...told }));
    else {
      output.data(`${out}\t${sha256}`);
      output.note(
        `${order.people.length} people · คน, ${bytes.length} bytes, ${pictures} QR, ${broker ? 'published · แจ้งสถานีแล้ว' : 'not published · ยังไม่แจ้งสถานี'}`,
      );
    }
    return 0;
  },
};

export const hubServeOrdersCommand: Command = {
  name: 'hub serve-orders',
  usage: 'hub serve-orders [--dir DIR] [--host HOST] [--port N] [--cert FILE --key FILE] [--json]',
  options: {
    host: { type: 'string', value: 'HOST', help: 'Address to listen on (default: 127.0.0.1)' },
    port: { type: 'string', value: 'N', help: 'Port, 0 = any (default: 8090)' },
    cert: { type: 'string', value: 'FILE', help: 'PEM: certificate, for HTTPS' },
    key: { type: 'string', value: 'FILE', help: "PEM: the certificate's key" },
    dir: DIR_OPTION,
    json: JSON_OPTION,
  },
  hasPositionals: false,
  async run(input, output) {
    const [cert, key] = [fileOf(this, input, 'cert'), fileOf(this, input, 'key')];
    if ((cert === null) !== (key === null)) throw usage(this, '--cert and --key belong together');
    await using server = await serveOrders({
      dir: hubDirOf(input),
      host: input.text('host') ?? '127.0.0.1',
      port: input.whole('port', 8090, 0, 65_535),
      tls: cert && key ? { cert, key } : null,
    });
    if (input.isJson) output.data(JSON.stringify({ url: server.url }));
    output.note(`Stations set orders.url to ${server.url} · ตั้ง orders.url ของสถานีเป็นที่อยู่นี้`);
    const { promise, resolve } = Promise.withResolvers<void>();
    input.signal.addEventListener('abort', () => resolve(), { once: true });
    await promise;
    return 0;
  },
};

/** @returns how many pictures */
function writePictures({ order, bytes }: SealedOrder, folder: string | undefined): number {
  if (folder === undefined) return 0;
  const parts = toQrParts(packOrders(bytes) ?? bytes, QR_BYTES);
  mkdirSync(folder, { recursive: true });
  for (const [at, part] of parts.entries()) {
    const title = `${order.id} rev ${order.rev}: ${at + 1}/${parts.length}`;
    const svg = renderSVG(part, { ecc: 'M', border: 4, pixelSize: 8 });
    const named = svg.replace(/^(<svg[^>]*>)/, `$1<title>${title}</title>`);
    writeOnce(join(folder, `${String(at + 1).padStart(3, '0')}.svg`), named, 0o600);
  }
  return parts.length;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new StationFault('HUB_ORDERS', path, 'it cannot be read', { cause });
  }
}
