import type { FaultCode } from '../../shared/faults.ts';
import type { ThaiAddress } from './address.ts';
import type { BirthDate, Expiry, IsoDay } from './chip-date.ts';
import type { CitizenId } from './citizen-id.ts';
import type { PersonName } from './name.ts';

/** Everything on the chip but the photo. All of it is personal data: memory only, never in a log. */
export interface ThaiIdText {
  readonly citizenId: CitizenId;
  readonly nameThai: PersonName;
  readonly nameEnglish: PersonName;
  readonly birthDate: BirthDate;
  readonly sex: 'male' | 'female' | 'unknown';
  /** `undefined` when the chip holds no whole date. */
  readonly issueDate: IsoDay | undefined;
  readonly expiry: Expiry;
  readonly address: ThaiAddress;
  /** Office and place of issue. */
  readonly issuer: string;
  /** The number printed under the photo. */
  readonly requestNumber: string;
}

/** What is told about the photo apart from its pixels. */
export interface PhotoFacts {
  /** Size of the JPEG without padding. */
  readonly bytes: number;
  /** Hexadecimal, of exactly those bytes. */
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
}

/** One whole read of one card. Call {@link wipeCard} when the visit ends. */
export interface ThaiIdCard extends ThaiIdText {
  /** `undefined` when it was not asked for or, with `photoFault`, when it cannot be read. */
  readonly photo: PhotoFacts | undefined;
  readonly photoJpeg: Uint8Array | undefined;
  readonly photoFault: FaultCode | undefined;
  /** Answer to reset, lower-case hexadecimal: names the card's generation, not its holder. */
  readonly atr: string;
  readonly timingsMs: {
    readonly select: number;
    readonly text: number;
    readonly photo: number;
    readonly total: number;
  };
}

/** Overwrites the photo with zeros. Strings cannot be wiped: drop every reference to the card as well. */
export function wipeCard(card: ThaiIdCard): void {
  card.photoJpeg?.fill(0);
}
