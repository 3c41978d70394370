/** Longer than any message of a panel: the capabilities of 20 pins take some 120 bytes. */
const LONGEST_MESSAGE = 512;

const START_SYSEX = 0xf0;
const END_SYSEX = 0xf7;
const VERSION = 0xf9;
const FIRMWARE = 0x79;
const CAPABILITIES = 0x6c;
const ANALOG_MAPPING = 0x6a;
const END_OF_PIN = 0x7f;

/**
 * Lets through only whole, well-formed Firmata messages of the few kinds that a panel sends. firmata-io throws on a
 * short firmware answer and on a mapping of more pins than there are, and collects an endless message until memory is
 * gone; a loose plug must not be able to do that to the station.
 */
export class FirmataFilter {
  #message: number[] = [];
  #isOverlong = false;
  /** firmata-io drops everything before the version: what it does not hear must not count here either. */
  #isVersioned = false;
  #pins: number | undefined;
  #isMapped = false;

  /** @returns the messages that `bytes` complete, in order; never throws */
  take(bytes: Uint8Array): Uint8Array[] {
    const whole: Uint8Array[] = [];
    for (const byte of bytes) {
      const message = this.#next(byte);
      if (message !== undefined && this.#isSound(message)) whole.push(Uint8Array.from(message));
    }
    return whole;
  }

  #next(byte: number): number[] | undefined {
    const isSysex = this.#message[0] === START_SYSEX;
    if (byte === END_SYSEX) {
      const message = isSysex && !this.#isOverlong ? [...this.#message, byte] : undefined;
      this.#message = [];
      return message;
    }
    if (byte > 0x7f) {
      // A command byte always begins anew.
      this.#message = [byte];
      this.#isOverlong = false;
      return undefined;
    }
    if (this.#message.length === 0) return undefined;
    if (this.#message.length >= LONGEST_MESSAGE) this.#isOverlong = true;
    else this.#message.push(byte);
    if (isSysex || this.#message.length < 3) return undefined;
    const message = this.#message;
    this.#message = [];
    return message;
  }

  #isSound(message: readonly number[]): boolean {
    const [first = 0, command] = message;
    if (first === VERSION) this.#isVersioned = true;
    if (!this.#isVersioned) return false;
    if (first !== START_SYSEX) return first === VERSION || (first & 0xf0) === 0x90 || (first & 0xf0) === 0xe0;
    const data = message.slice(2, -1);
    switch (command) {
      case FIRMWARE:
        return data.length >= 4 && data.length % 2 === 0;
      case CAPABILITIES: {
        const pins = pinsIn(data);
        if (pins === undefined || this.#pins !== undefined) return false;
        this.#pins = pins;
        return true;
      }
      case ANALOG_MAPPING:
        if (this.#isMapped || data.length !== this.#pins) return false;
        this.#isMapped = true;
        return true;
      default:
        return false;
    }
  }
}

/** Number of pins in a capability answer: pairs of mode and resolution, each pin ended; `undefined` = malformed. */
function pinsIn(data: readonly number[]): number | undefined {
  let pins = 0;
  for (let at = 0; at < data.length; ) {
    if (data[at] === END_OF_PIN) {
      pins++;
      at++;
    } else {
      if (data[at + 1] === undefined || data[at + 1] === END_OF_PIN) return undefined;
      at += 2;
      if (at >= data.length) return undefined;
    }
  }
  return pins > 0 && pins <= 128 ? pins : undefined;
}
