/** A range of the chip's memory. */
export interface ChipRange {
  readonly offset: number;
  readonly length: number;
}

/** The personal-data applet of the Department of Provincial Administration. */
export const THAI_ID_AID = Uint8Array.of(0xa0, 0x00, 0x00, 0x00, 0x54, 0x48, 0x00, 0x01);

/**
 * The fields the station reads, and no others.
 * Left out on purpose: 00E2 and 0177, which public sources label in contradiction (request number, card type,
 * religion), so nobody can say that reading them is needed. `requestNumber` is therefore read at 1619, the number
 * printed under the photo, which no source disputes.
 * @source public readers, cross-checked: every field ends where the next begins
 */
export const FIELDS = {
  citizenId: { offset: 0x0004, length: 13 },
  nameThai: { offset: 0x0011, length: 100 },
  nameEnglish: { offset: 0x0075, length: 100 },
  birthDate: { offset: 0x00d9, length: 8 },
  sex: { offset: 0x00e1, length: 1 },
  issuer: { offset: 0x00f6, length: 100 },
  issueDate: { offset: 0x0167, length: 8 },
  expiry: { offset: 0x016f, length: 8 },
  address: { offset: 0x1579, length: 160 },
  requestNumber: { offset: 0x1619, length: 14 },
} as const satisfies Record<string, ChipRange>;

export type FieldName = keyof typeof FIELDS;

/** The region of the JPEG; what follows its end is padding. */
export const PHOTO: ChipRange = { offset: 0x017b, length: 5118 };

/** One READ BINARY gives at most this many bytes. */
const BLOCK = 255;

/** The photo in blocks: twenty of 255 bytes and a last one of 18, without which a JPEG that fills the region is cut. */
export const PHOTO_BLOCKS: readonly ChipRange[] = Array.from({ length: Math.ceil(PHOTO.length / BLOCK) }, (_, i) => ({
  offset: PHOTO.offset + i * BLOCK,
  length: Math.min(BLOCK, PHOTO.length - i * BLOCK),
}));
