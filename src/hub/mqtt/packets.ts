import { Buffer } from 'node:buffer';
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { generate, type Packet } from 'mqtt-packet';

/** Where the broker is and how the ingest proves itself. */
export interface Broker {
  /** `mqtt://host:port`, or `mqtts://host:port` for TLS. */
  readonly url: string;
  readonly username: string | null;
  readonly password: string | null;
  /** PEM: whom to believe, and the ingest's own certificate and key; `null` = the system's, none. */
  readonly tls: { readonly ca: Buffer | null; readonly cert: Buffer | null; readonly key: Buffer | null };
}

/** Opens the socket to a broker; it is not yet connected. @throws TypeError for an address of another kind */
export function openSocket({ url, tls }: Broker): Socket {
  const { protocol, hostname, port } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  if (protocol === 'mqtt:') return connectPlain({ host, port: Number(port || 1883), noDelay: true });
  if (protocol !== 'mqtts:') throw new TypeError(`${protocol} is no address of a broker`);
  return connectTls({
    host,
    port: Number(port || 8883),
    servername: /^[\d.]+$|:/.test(host) ? '' : host,
    minVersion: 'TLSv1.3',
    ...(tls.ca ? { ca: tls.ca } : {}),
    ...(tls.cert ? { cert: tls.cert } : {}),
    ...(tls.key ? { key: tls.key } : {}),
  });
}

/** A packet in the bytes of MQTT 5. */
export function encode(packet: Packet): Buffer {
  return generate(packet, { protocolVersion: 5 });
}

/** Many PUBACKs in one write: fixed header, length 2, identifier; reason code 0x00 is left out (MQTT 5 §3.4.2.1). */
export function pubacks(ids: readonly number[]): Buffer {
  const bytes = Buffer.alloc(ids.length * 4);
  for (const [n, id] of ids.entries()) bytes.writeUInt32BE(0x40020000 + id, n * 4);
  return bytes;
}
