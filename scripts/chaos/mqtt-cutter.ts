/** One MQTT control packet, as far as a proxy has to know it. */
export interface CutPacket {
  /** MQTT 5 §2.1.2: 3 = PUBLISH, 4 = PUBACK. */
  readonly type: number;
  /** Of a PUBLISH. */
  readonly topic: string | undefined;
  readonly bytes: Buffer;
}

/** Cuts a stream of bytes into MQTT control packets (MQTT 5 §2.1): type, variable length, the rest. Nothing is understood beyond that. */
export class MqttCutter {
  #rest: Buffer = Buffer.alloc(0);

  push(chunk: Uint8Array): readonly CutPacket[] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const packets: CutPacket[] = [];
    for (;;) {
      const size = sizeOf(this.#rest);
      if (size === undefined || this.#rest.length < size.head + size.body) return packets;
      const bytes = this.#rest.subarray(0, size.head + size.body);
      this.#rest = this.#rest.subarray(bytes.length);
      const type = (bytes[0] ?? 0) >> 4;
      const topicEnd = size.head + 2 + (type === 3 ? bytes.readUInt16BE(size.head) : 0);
      packets.push({ type, topic: type === 3 ? bytes.toString('utf8', size.head + 2, topicEnd) : undefined, bytes });
    }
  }
}

/** Bytes of fixed header and of what follows it; `undefined` until the header is whole. */
function sizeOf(bytes: Buffer): { readonly head: number; readonly body: number } | undefined {
  let body = 0;
  for (let at = 1; at <= 4; at++) {
    const digit = bytes[at];
    if (digit === undefined) return undefined;
    body += (digit & 127) * 128 ** (at - 1);
    if (digit < 128) return { head: at + 1, body };
  }
  return undefined;
}
