import { createECDH, generateKeyPairSync, sign } from 'node:crypto';
import { encodeFrame, type Frame, frameCutter } from '../../src/peripherals/face-scanner/drivers/fm225/frame.ts';
import { faceState, readFrame, readText } from '../../src/peripherals/face-scanner/drivers/fm225/messages.ts';
import {
  commandBody,
  encodePayload,
  generationOf,
  isSafeConfig,
  meaningOf,
  readFaces,
  readPayload,
  readStatus,
  safeConfig,
} from '../../src/peripherals/face-scanner/drivers/realsense-id/messages.ts';
import {
  encodePacket,
  LONGEST_PAYLOAD,
  PAYLOAD_STEP,
  type Packet,
  packetCutter,
  plainPacket,
} from '../../src/peripherals/face-scanner/drivers/realsense-id/packet.ts';
import {
  beginExchange,
  deriveKeys,
  sealPacket,
  unsealPacket,
} from '../../src/peripherals/face-scanner/drivers/realsense-id/secure-keys.ts';
import { boxInPicture } from '../../src/peripherals/face-scanner/verdict-window.ts';
import { chunksOf, hex, mustHold } from './bytes.ts';
import type { Target } from './targets.ts';

const PICTURE = { width: 1600, height: 1200 };
/** Longest data of an FM22x frame that is waited for, and its frame around it. */
const LONGEST_FRAME = 4_096 + 6;
/** Header, hmac and checksum around the longest payload. */
const LONGEST_PACKET = LONGEST_PAYLOAD + 22 + 34;
const LONGEST_CHUNK = 61;

const note = (...data: number[]) => encodeFrame(0x01, Uint8Array.from(data));
const reply = (...data: number[]) => encodeFrame(0x00, Uint8Array.from(data));
const packet = (id: string, body: Uint8Array) => encodePacket(plainPacket(id, encodePayload(1, body)));

const session = deriveKeys(new Uint8Array(32).fill(7));
const sealed = (id: string, body: Uint8Array) =>
  encodePacket(sealPacket(id, encodePayload(2, body), new Uint8Array(16).fill(9), session));

function readContent(frame: Frame): void {
  const told = readFrame(frame);
  if (told.kind === 'reply') readText(told.data);
  if (told.kind !== 'face-state') return;
  const { isFace } = faceState(told.note.state);
  if (isFace) boxInPicture(told.note, PICTURE);
}

function readBody({ id, payload }: Packet): unknown {
  const { seq, body } = readPayload(payload);
  const status = readStatus(body);
  const generation = generationOf(body);
  return [id, seq, readFaces(body, PICTURE), meaningOf(status, generation), isSafeConfig(body), safeConfig(body)];
}

function readPackets(input: Uint8Array, read: (packet: Packet) => unknown): void {
  const cutter = packetCutter();
  let atMs = 0;
  for (const chunk of chunksOf(input)) {
    atMs += (chunk[0] ?? 0) * 2;
    for (const found of cutter.push(chunk, atMs)) read(found);
    mustHold(cutter.pending < LONGEST_PACKET + LONGEST_CHUNK, 'no more than one packet is kept');
  }
}

/** A pairing whose module is here too: what it signs is as it should be, whatever it is. */
const host = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const device = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const exchange = beginExchange({ host: host.privateKey, device: device.publicKey });
const signed = (point: Uint8Array) =>
  Buffer.concat([point, sign('sha256', point, { key: device.privateKey, dsaEncoding: 'ieee-p1363' })]);
const soundPoint = createECDH('prime256v1').generateKeys().subarray(1);

/** What the two face-scanner modules say over their lines. */
export const SCANNER_TARGETS: Readonly<Record<string, Target>> = {
  'FM22x frames': {
    samples: [
      hex('ef aa 00 00 05 13 00 00 03 1f 0a'),
      note(0, 0),
      note(1, 0, 0, 0x90, 1, 0xc8, 0, 0x20, 3, 0xbc, 2, 0xfb, 0xff, 3, 0, 0, 0),
      reply(0x12, 0, 0xff, 0xff, ...new Array<number>(32).fill(0), 0, 0),
      reply(0x24, 0, 0, ...new Array<number>(200).fill(0)),
      reply(0x30, 0, ...Buffer.from('FM225_V1.0\0\0')),
    ],
    run: (input) => {
      const cutter = frameCutter();
      let atMs = 0;
      for (const chunk of chunksOf(input)) {
        atMs += (chunk[0] ?? 0) * 2;
        for (const frame of cutter.push(chunk, atMs)) readContent(frame);
        mustHold(cutter.pending < LONGEST_FRAME + LONGEST_CHUNK, 'no more than one frame is kept');
      }
      // A right checksum over wrong content, which damage alone hardly ever makes.
      readContent({ id: (input[0] ?? 0) % 3, data: input.subarray(1) });
    },
  },
  'RealSense ID packets': {
    samples: [
      packet('o', new Uint8Array()),
      packet('R', commandBody()),
      packet('q', Uint8Array.of(0, 2, 1, 0, 0, 0, 0, 0)),
      packet('g', Uint8Array.of(1, 0, 0, 0, 0, 44, 1, 0, 0, 244, 1, 0, 0, 224, 1, 0, 0, 128, 2, 0, 0)),
    ],
    run: (input) => {
      readPackets(input, readBody);
      const body = input.subarray(0, LONGEST_PAYLOAD - PAYLOAD_STEP);
      readBody(plainPacket(String.fromCharCode(input[0] ?? 0), encodePayload(input.length, body)));
    },
  },
  'RealSense ID sealed packets': {
    samples: [sealed('R', commandBody()), sealed('q', Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0))],
    run: (input) =>
      readPackets(input, (found) => {
        const payload = unsealPacket(found, session);
        if (payload) readBody({ ...found, payload });
      }),
  },
  'RealSense ID key exchange': {
    samples: [signed(soundPoint), exchange.offer, soundPoint, new Uint8Array(128)],
    run: (input) => exchange.finish((input[0] ?? 0) % 2 === 0 ? input : signed(input.subarray(0, soundPoint.length))),
  },
};
