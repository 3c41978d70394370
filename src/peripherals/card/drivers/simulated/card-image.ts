/**
 * The memory of a virtual card. Written from the public map on its own, not from the reader's table: a mistake made
 * once must not be made on both sides.
 */
export interface CardContent {
  readonly citizenNumber: string;
  /** `prefix#first#middle#last` */
  readonly nameThai: string;
  readonly nameEnglish: string;
  /** As on the chip: `YYYYMMDD`, Buddhist era, `00` for unknown parts. */
  readonly birth: string;
  readonly sex: '1' | '2';
  readonly issuer: string;
  readonly issued: string;
  /** `99999999` = lifetime. */
  readonly expires: string;
  /** Eight parts with their Thai words, `#` between. */
  readonly address: string;
  readonly requestNumber: string;
  /** `undefined` leaves the photo region blank. */
  readonly photoJpeg: Uint8Array | undefined;
}

const SIZE = 0x1627;
const PHOTO_AT = 0x17b;
const PHOTO_SIZE = 5118;

/** Lays the content out as the chip does. Throws when something does not fit. */
export function makeCardImage(content: CardContent): Uint8Array {
  const image = new Uint8Array(SIZE).fill(0x20);
  const put = (at: number, size: number, text: string) => {
    const bytes = encodeTis620(text);
    if (bytes.length > size)
      throw new RangeError(`${bytes.length} bytes do not fit into ${size} at ${at.toString(16)}`);
    image.set(bytes, at);
  };
  put(0x000, 4, '0003');
  put(0x004, 13, content.citizenNumber);
  put(0x011, 100, content.nameThai);
  put(0x075, 100, content.nameEnglish);
  put(0x0d9, 8, content.birth);
  put(0x0e1, 1, content.sex);
  put(0x0f6, 100, content.issuer);
  put(0x167, 8, content.issued);
  put(0x16f, 8, content.expires);
  put(0x177, 2, '01');
  put(0x1579, 160, content.address);
  put(0x1619, 14, content.requestNumber);
  image.fill(0, PHOTO_AT, PHOTO_AT + PHOTO_SIZE);
  if (content.photoJpeg !== undefined) {
    if (content.photoJpeg.length > PHOTO_SIZE) {
      throw new RangeError(`a photo of ${content.photoJpeg.length} bytes does not fit into ${PHOTO_SIZE}`);
    }
    image.set(content.photoJpeg, PHOTO_AT);
  }
  return image;
}

/** TIS-620: ASCII as it is, the Thai block moved to A1…FB. */
export function encodeTis620(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => {
    const code = letter.charCodeAt(0);
    if (code < 0x80) return code;
    if (code >= 0x0e01 && code <= 0x0e5b) return code - 0x0e00 + 0xa0;
    throw new RangeError(`U+${code.toString(16)} is not in TIS-620`);
  });
}
