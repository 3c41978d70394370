import { webcrypto } from 'node:crypto';
import type { SerialLink } from '../../../serial/port.ts';
import { LIVE_FACE, type Scene } from './scene.ts';
import { Wire, type WireOptions } from './wire.ts';

export interface RealSenseSimulatorOptions extends WireOptions {
  readonly users: number;
  /** Settings as they are in the flash: 8 bytes in an F45x, 60 in later firmware. */
  readonly config: readonly number[];
  /** Firmware that ignores changed settings. */
  readonly keepsConfig: boolean;
  /** Status that this firmware gives an attack: 16 in an F45x, 19 in later firmware. */
  readonly attackStatus: number;
  /** `null` = plain sessions only; else its own key, and that of the station it was paired with. */
  readonly keys: { readonly own: webcrypto.CryptoKey; readonly host: webcrypto.CryptoKey } | null;
}

/** Face detection only, security level low: what a new module comes with. */
export const FACTORY_CONFIG = [0, 2, 1, 0, 0, 0, 0, 0] as const;

interface Secrets {
  readonly aes: webcrypto.CryptoKey;
  readonly hmac: webcrypto.CryptoKey;
}

const WORDS: Readonly<Record<string, string>> = {
  o: 'start a session',
  c: 'start a secure session',
  q: 'query the configuration',
  s: 'set the configuration',
  n: 'count the users',
  C: 'remove all users',
  B: 'detect an attack',
  t: 'standby',
};
const { subtle } = webcrypto;
const FACE = [300, 500, 480, 640] as const;
/** A cancel, a question to the console, or a packet of protocol 3. */
const START = new RegExp(`__FACE_CANCEL__\r\n|bspver\r\n|@F${String.fromCharCode(3)}`);
const ECDSA = { name: 'ECDSA', hash: 'SHA-256' } as const;

/**
 * A RealSense ID at byte level, with framing, checksum and cryptography of its own (Web Crypto instead of node:crypto):
 * a mistake in the driver must not cancel out here.
 */
export class RealSenseSimulator {
  scene: Scene = LIVE_FACE;
  isMute = false;
  users: number;
  config: readonly number[];
  /** Ids of all packets that came. */
  readonly heard: string[] = [];
  /** Told what the host asks, in words. */
  onHeard: (what: string) => void = () => undefined;
  readonly #wire: Wire;
  readonly #options: RealSenseSimulatorOptions;
  readonly #stopListening: () => void;
  readonly #over = new AbortController();
  #text = '';
  #work: Promise<void> = Promise.resolve();
  #secrets: Secrets | null = null;
  #sent = 0;
  /** Counts operations: what an earlier one still wanted to say is not said. */
  #operation = 0;
  #stopLooking: (() => void) | undefined;

  constructor(link: SerialLink, options: RealSenseSimulatorOptions) {
    this.#options = options;
    this.users = options.users;
    this.config = options.config;
    this.#wire = new Wire(link, options);
    this.#stopListening = link.onBytes((bytes) => {
      if (this.isMute) return;
      this.#text += Buffer.from(bytes).toString('latin1');
      this.#read();
    });
  }

  powerOn(): void {
    this.isMute = false;
    this.#text = '';
    this.#secrets = null;
  }

  brownOut(): void {
    this.isMute = true;
    this.#cancel();
  }

  close(): void {
    this.#over.abort();
    this.#cancel();
    this.#stopListening();
    this.#wire.close();
  }

  #cancel(): void {
    this.#operation += 1;
    this.#stopLooking?.();
  }

  #read(): void {
    for (;;) {
      const found = START.exec(this.#text);
      if (found === null) {
        this.#text = this.#text.slice(-32);
        return;
      }
      const rest = this.#text.slice(found.index);
      if (!found[0].startsWith('@')) {
        this.#text = rest.slice(found[0].length);
        if (found[0].startsWith('b')) this.#wire.send('text', Buffer.from('OPFW : 5.6.0.1\r\nNNLED : 1.0.0.0\r\n'));
        else this.#cancel();
        continue;
      }
      const bytes = Buffer.from(rest, 'latin1');
      const size = bytes.length < 22 ? 0 : bytes.readUInt16LE(20);
      if (bytes.length < 22 || bytes.length < 22 + size + 34) {
        this.#text = rest;
        return;
      }
      const packet = bytes.subarray(0, 22 + size + 34);
      this.#text = rest.slice(packet.length);
      if (packet.readUInt16LE(packet.length - 2) !== tableCrc(packet.subarray(0, 22 + size), Buffer.alloc(32)))
        continue;
      this.#work = this.#work.then(() => this.#obey(packet, size)).catch(() => undefined);
    }
  }

  async #obey(packet: Buffer, size: number): Promise<void> {
    const id = packet.toString('latin1', 3, 4);
    this.heard.push(id);
    this.onHeard(WORDS[id] ?? `packet '${id}'`);
    if (id === 'o' || id === 'c') return this.#open(id, packet.subarray(26, 22 + size));
    const payload = await this.#reveal(packet, size);
    if (payload === undefined) return;
    const body = payload.subarray(4);
    switch (id) {
      case 'q':
        return this.#say('q', Buffer.from(this.config));
      case 's':
        if (!this.#options.keepsConfig) this.config = [...body.subarray(0, this.config.length)];
        return this.#say('s', Buffer.from(this.config));
      case 'n': {
        const count = Buffer.alloc(4);
        count.writeUInt32LE(this.users);
        return this.#say('n', count);
      }
      case 'C':
        this.users = 0;
        return this.#say('Y', status(0));
      case 'B':
        // Looking takes time, in which a cancel must be heard.
        void this.#detect();
        return;
      default:
        return;
    }
  }

  async #open(id: 'o' | 'c', body: Buffer): Promise<void> {
    this.#cancel();
    this.#sent = 0;
    const { keys } = this.#options;
    if ((id === 'c') !== (keys !== null)) return this.#frame('Y', number(0, status(18)), null);
    this.#secrets = null;
    if (keys === null) return this.#frame('o', number(0, Buffer.alloc(0)), null);
    const [point, signature] = [body.subarray(0, 64), body.subarray(64, 128)];
    if (!(await subtle.verify(ECDSA, keys.host, signature, point))) return;
    const pair = await subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
    const theirs = await subtle.importKey(
      'raw',
      Buffer.concat([Buffer.of(4), point]),
      { name: 'ECDH', namedCurve: 'P-256' },
      false,
      [],
    );
    const secret = await subtle.deriveBits({ name: 'ECDH', public: theirs }, pair.privateKey, 256);
    const ours = Buffer.from(await subtle.exportKey('raw', pair.publicKey)).subarray(1);
    const answer = Buffer.concat([ours, Buffer.from(await subtle.sign(ECDSA, keys.own, ours))]);
    await this.#frame('d', number(0, answer), null);
    this.#secrets = await secretsOf(secret);
  }

  async #detect(): Promise<void> {
    const { face, live, states, lookMs } = this.scene;
    const operation = ++this.#operation;
    const say = async (id: string, body: Buffer) => {
      if (operation === this.#operation) await this.#say(id, body);
    };
    if (face) await say('g', faces());
    for (const state of states) await say('H', status(state));
    const looked = Promise.withResolvers<void>();
    const timer = setTimeout(looked.resolve, lookMs);
    this.#stopLooking = looked.resolve;
    await looked.promise;
    clearTimeout(timer);
    const { algorithms, level } = { level: this.config[1], algorithms: this.config[2] };
    if (!face) await say('R', status(1));
    else if (!live && algorithms !== 1 && level === 0) await say('R', status(this.#options.attackStatus));
    else await say('R', status(0));
    await say('Y', status(0));
  }

  async #reveal(packet: Buffer, size: number): Promise<Buffer | undefined> {
    const payload = packet.subarray(22, 22 + size);
    if (this.#secrets === null) return payload;
    const seal = packet.subarray(22 + size, 22 + size + 32);
    const isGenuine = await subtle.verify('HMAC', this.#secrets.hmac, seal, packet.subarray(0, 22 + size));
    return isGenuine ? await aesCtr(this.#secrets, packet.subarray(4, 20), payload) : undefined;
  }

  async #say(id: string, body: Buffer): Promise<void> {
    this.#sent += 1;
    await this.#frame(id, number(this.#sent, body), this.#secrets);
  }

  async #frame(id: string, payload: Buffer, secrets: Secrets | null): Promise<void> {
    if (this.#over.signal.aborted || this.isMute) return;
    const iv = secrets ? Buffer.from(webcrypto.getRandomValues(new Uint8Array(16))) : Buffer.alloc(16);
    const size = Buffer.alloc(2);
    size.writeUInt16LE(payload.length);
    const shown = secrets ? await aesCtr(secrets, iv, payload) : payload;
    const head = Buffer.concat([Buffer.from(`@F\x03${id}`, 'latin1'), iv, size, shown]);
    const seal = secrets ? Buffer.from(await subtle.sign('HMAC', secrets.hmac, head)) : Buffer.alloc(32);
    const crc = Buffer.alloc(2);
    crc.writeUInt16LE(tableCrc(head, Buffer.alloc(32)));
    this.#wire.send(id, Buffer.concat([head, seal, crc]));
  }
}

function number(seq: number, body: Buffer): Buffer {
  const payload = Buffer.alloc(Math.ceil((body.length + 4) / 32) * 32);
  payload.writeUInt32LE(seq);
  body.copy(payload, 4);
  return payload;
}

/** A user id that must never be looked at, then the status. */
function status(code: number): Buffer {
  const body = Buffer.alloc(40);
  body.write('somebody', 'latin1');
  body[31] = (0x30 + code) & 0xff;
  return body;
}

function faces(): Buffer {
  const body = Buffer.alloc(21);
  body[0] = 1;
  FACE.forEach((value, index) => {
    body.writeUInt32LE(value, 5 + index * 4);
  });
  return body;
}

async function secretsOf(secret: ArrayBuffer): Promise<Secrets> {
  const base = await subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  const recipe = (salt: string) => ({
    name: 'HKDF',
    hash: 'SHA-256',
    salt: Buffer.from(salt),
    info: new Uint8Array(),
  });
  return {
    aes: await subtle.deriveKey(recipe('aes'), base, { name: 'AES-CTR', length: 256 }, false, ['encrypt']),
    hmac: await subtle.deriveKey(recipe('hmac'), base, { name: 'HMAC', hash: 'SHA-256', length: 256 }, false, [
      'sign',
      'verify',
    ]),
  };
}

async function aesCtr({ aes }: Secrets, counter: Buffer, bytes: Buffer): Promise<Buffer> {
  return Buffer.from(await subtle.encrypt({ name: 'AES-CTR', counter, length: 128 }, aes, bytes));
}

/** CRC-16 by table, the other way round from the driver's. */
function tableCrc(...parts: readonly Buffer[]): number {
  const table = Array.from({ length: 256 }, (_, index) => {
    let value = index * 256;
    for (let bit = 0; bit < 8; bit++) value = value >= 0x8000 ? (value * 2) ^ 0x11021 : value * 2;
    return value;
  });
  return Buffer.concat(parts).reduce((crc, byte) => ((crc << 8) & 0xff00) ^ (table[(crc >> 8) ^ byte] ?? 0), 0x1d0f);
}
