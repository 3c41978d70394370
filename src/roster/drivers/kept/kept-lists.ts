import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { StationFault } from '../../../shared/fault.ts';
import type { KeptList } from '../../kept-list.ts';
import type { ListStore } from '../../port.ts';

/** What a file says. `null` = forgotten: only the number is left, so that an older revision is not taken again. */
interface Held {
  readonly id: string;
  readonly rev: number;
  readonly list: KeptList | null;
}

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const END = '.list';

/**
 * One encrypted file for each list (AES-256-GCM; its key is derived from the station's data key, RFC 5869), replaced in one step that a
 * power cut leaves done or not done. File names tell nothing: they are hashes of ids.
 */
export class KeptLists implements ListStore {
  readonly name: string;
  readonly #key: Uint8Array;
  readonly #revs = new Map<string, number>();

  /**
   * @param dir made when it is not there
   * @param dataKey the station's, 32 bytes
   */
  constructor(dir: string, dataKey: Uint8Array) {
    this.name = dir;
    this.#key = new Uint8Array(hkdfSync('sha256', dataKey, '', 'thuengban:lists:v1', 32));
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    this.read(() => undefined);
  }

  read(onBroken: (file: string) => void): readonly KeptList[] {
    const lists: KeptList[] = [];
    for (const name of readdirSync(this.name).sort()) {
      // What a power cut has left half written was never confirmed.
      if (name.endsWith('.new')) rmSync(join(this.name, name), { force: true });
      if (!name.endsWith(END)) continue;
      const held = this.#open(name);
      if (!held) onBroken(name);
      else this.#revs.set(held.id, Math.max(held.rev, this.lastRev(held.id)));
      if (held?.list) lists.push(held.list);
    }
    return lists.sort((a, b) => (a.order.id < b.order.id ? -1 : 1));
  }

  keep(list: KeptList): void {
    this.#write({ id: list.order.id, rev: list.order.rev, list });
  }

  forget(id: string): void {
    const rev = this.lastRev(id);
    if (rev > 0) this.#write({ id, rev, list: null });
  }

  lastRev(id: string): number {
    return this.#revs.get(id) ?? 0;
  }

  #open(name: string): Held | undefined {
    try {
      const bytes = readFileSync(join(this.name, name));
      const text = NONCE_BYTES + TAG_BYTES;
      const decipher = createDecipheriv(CIPHER, this.#key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
        .setAAD(Buffer.from(name))
        .setAuthTag(bytes.subarray(NONCE_BYTES, text));
      const json = Buffer.concat([decipher.update(bytes.subarray(text)), decipher.final()]);
      const held = JSON.parse(json.toString()) as Held;
      json.fill(0);
      return held;
    } catch {
      return undefined;
    }
  }

  #write(held: Held): void {
    const name = `${createHash('sha256').update(held.id).digest('hex').slice(0, 32)}${END}`;
    const json = Buffer.from(JSON.stringify(held));
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.#key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(name));
    const text = Buffer.concat([cipher.update(json), cipher.final()]);
    json.fill(0);
    replace(this.name, name, Buffer.concat([nonce, cipher.getAuthTag(), text]));
    this.#revs.set(held.id, held.rev);
  }
}

/** @throws StationFault `DISK_FULL`, `INTERNAL` */
function replace(dir: string, name: string, bytes: Uint8Array): void {
  const path = join(dir, name);
  const fresh = `${path}.new`;
  try {
    withFile(fresh, 'w', (file) => {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      fsyncSync(file);
    });
    renameSync(fresh, path);
    withFile(dir, 'r', fsyncSync);
  } catch (cause) {
    rmSync(fresh, { force: true });
    const isFull = ['ENOSPC', 'EDQUOT'].includes((cause as NodeJS.ErrnoException).code ?? '');
    throw new StationFault(isFull ? 'DISK_FULL' : 'INTERNAL', dir, 'a list cannot be kept', { cause });
  }
}

function withFile(path: string, flags: string, work: (file: number) => void): void {
  const file = openSync(path, flags, 0o600);
  try {
    work(file);
  } finally {
    closeSync(file);
  }
}
