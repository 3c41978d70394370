/**
 * The kernel's user-space HID events as bytes: a u32 type, then that type's packed structure, in the machine's own byte order
 * (little-endian on every machine that runs the station). A write may be shorter than the kernel's largest event.
 * @source Linux include/uapi/linux/uhid.h, Documentation/hid/uhid.rst
 */
export const UHID = {
  destroy: 1,
  start: 2,
  open: 4,
  close: 5,
  getReport: 9,
  getReportReply: 10,
  create2: 11,
  input2: 12,
  setReport: 13,
  setReportReply: 14,
} as const;

/** Largest event that the kernel hands over: type, then CREATE2 with a whole descriptor. */
export const LONGEST_EVENT = 4 + 276 + 4096;
const NAME_BYTES = 128;
/** Name, phys and uniq of CREATE2; then come its numbers. */
const STRINGS_BYTES = NAME_BYTES + 64 + 64;
const BUS_USB = 3;
/** pid.codes 1209:0001: for tests, never sold. */
const IDS = { vendor: 0x1209, product: 0x0001, version: 1, country: 0 } as const;
const EIO = 5;

/** Makes a device appear. @param name as `/dev/hidraw` programs read it  @param descriptor at most 4,096 bytes */
export function createEvent(name: string, descriptor: Uint8Array): Uint8Array {
  const numbersAt = 4 + STRINGS_BYTES;
  const event = Buffer.alloc(numbersAt + 20 + descriptor.length);
  event.writeUInt32LE(UHID.create2, 0);
  // One byte less than there is room for: the name ends with a zero.
  event.write(name.slice(0, NAME_BYTES - 1), 4, 'latin1');
  event.writeUInt16LE(descriptor.length, numbersAt);
  event.writeUInt16LE(BUS_USB, numbersAt + 2);
  for (const [n, id] of [IDS.vendor, IDS.product, IDS.version, IDS.country].entries())
    event.writeUInt32LE(id, numbersAt + 4 + n * 4);
  event.set(descriptor, numbersAt + 20);
  return event;
}

/** Sends one input report, its id first where the descriptor has ids. */
export function inputEvent(report: Uint8Array): Uint8Array {
  const event = Buffer.alloc(6 + report.length);
  event.writeUInt32LE(UHID.input2, 0);
  event.writeUInt16LE(report.length, 4);
  event.set(report, 6);
  return event;
}

export function destroyEvent(): Uint8Array {
  const event = Buffer.alloc(4);
  event.writeUInt32LE(UHID.destroy, 0);
  return event;
}

/**
 * What the device says to an event of the kernel: a refusal to a question (an unanswered one blocks the asking program for
 * five seconds), `undefined` where nothing is asked.
 */
export function answerTo(event: Uint8Array): Uint8Array | undefined {
  const asked = Buffer.from(event.buffer, event.byteOffset, event.length);
  const type = asked.length < 8 ? undefined : asked.readUInt32LE(0);
  if (type !== UHID.getReport && type !== UHID.setReport) return undefined;
  // Id u32, error u16; a GET_REPORT's answer goes on with the size u16 of its data.
  const answer = Buffer.alloc(type === UHID.getReport ? 12 : 10);
  answer.writeUInt32LE(type === UHID.getReport ? UHID.getReportReply : UHID.setReportReply, 0);
  answer.writeUInt32LE(asked.readUInt32LE(4), 4);
  answer.writeUInt16LE(EIO, 8);
  return answer;
}
