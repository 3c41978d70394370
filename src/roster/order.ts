import type { OutcomeKind } from '../visit/types.ts';
import type { Need, PlannedStep } from './field-event.ts';

/** A work order as the roster knows it: the shape of `contract/orders.ts`, which this room may not import. */
export interface Order {
  readonly id: string;
  readonly rev: number;
  readonly station: string;
  readonly programme: string;
  readonly campaign: string;
  /** RFC 3339. */
  readonly issuedAt: string;
  /** RFC 3339; from then on the list is forgotten. */
  readonly validUntil: string;
  readonly villages: readonly OrderVillage[];
  readonly people: readonly OrderPerson[];
  readonly teams: readonly { readonly id: string; readonly name: string }[];
  readonly staff: readonly OrderStaff[];
  readonly attemptsPerCampaign: number;
  readonly about: OrderAbout;
  /** 32 bytes, base64url, or `null`: the station's own key is used. */
  readonly pseudonymKey: string | null;
}

export interface OrderVillage {
  /** 8 digits: province, district, tambon, village. */
  readonly code: string;
  readonly moo: number;
  readonly name: string;
  readonly tambon: { readonly code: string; readonly name: string };
  /** WGS 84, degrees. */
  readonly at: { readonly lat: number; readonly lon: number } | null;
}

export interface OrderPerson {
  readonly entry: string;
  /** Keyed pseudonym of the citizen number, 43 characters. */
  readonly subject: string | null;
  readonly name: { readonly title: string; readonly given: string; readonly family: string };
  /** Common era. */
  readonly bornYear: number | null;
  readonly village: string;
  readonly house: string | null;
  readonly phone: string | null;
  readonly needs: readonly Need[];
  readonly due: string | null;
  readonly team: string | null;
  readonly known: KnownOutcome | null;
  /** Captures of the campaign that were used at other stations. */
  readonly attempts: number;
  /** The same for each station, this one included: it counts in the place of `attempts`. */
  readonly attemptsBy?: Readonly<Record<string, number>> | undefined;
  /** Consents that were taken back at any station and not given since. */
  readonly withdrawn?: readonly { readonly purpose: string; readonly at: string }[] | undefined;
}

/** What the server knows of a person in this campaign. */
export interface KnownOutcome {
  readonly visitId: string;
  readonly outcome: OutcomeKind;
  readonly reason: string | null;
  readonly at: string;
  readonly station: string;
  readonly receipt: string;
  readonly nextStep: { readonly id: string; readonly where: string | null; readonly due: string | null };
  readonly referral: {
    readonly visitId: string;
    readonly reason: string;
    readonly since: string;
    readonly closed: { readonly at: string; readonly by: string } | null;
    readonly needs?:
      | {
          readonly transport: string;
          readonly bedsideReissue: boolean;
          readonly contact: string | null;
          readonly appointment: string | null;
        }
      | undefined;
  } | null;
  /** Who may act for somebody who is represented. */
  readonly representation?:
    | {
        readonly id: string;
        readonly relation: string;
        readonly until: string;
        readonly isRevoked: boolean;
        /** People of the campaign for whom the same representative stands, at all stations together. */
        readonly people?: number | undefined;
      }
    | undefined;
}

export interface OrderStaff {
  readonly id: string;
  readonly name: { readonly th: string; readonly en: string };
  readonly role: 'operator' | 'officer' | 'witness' | 'technician' | 'chief';
  readonly organisation: string;
  /** Codes of areas, each with all that lies in it; none = everywhere. */
  readonly areas: readonly string[];
  /** Argon2id of the PIN. */
  readonly pin: {
    readonly salt: string;
    readonly hash: string;
    readonly params: { readonly memoryKiB: number; readonly passes: number; readonly parallelism: number };
  } | null;
  /** SHA-256 of the id on the badge, hex. */
  readonly badge: string | null;
  readonly subject: string | null;
  readonly until: string | null;
}

export interface OrderAbout {
  readonly name: { readonly th: string; readonly en: string };
  readonly purposes: readonly {
    readonly id: string;
    readonly version: string;
    readonly words: { readonly th: string; readonly en: string };
  }[];
  readonly explain: readonly {
    readonly picture: 'card' | 'shop' | 'calendar' | 'people' | 'phone' | 'shield';
    readonly words: { readonly th: string; readonly en: string };
    readonly audio: string;
  }[];
  readonly line: string | null;
  readonly nextSteps: Readonly<Record<string, { readonly where: string | null; readonly days: number | null }>>;
}

/** Where and by when a next step takes place, as the order says. @param today `YYYY-MM-DD` */
export function plannedStep(about: OrderAbout | undefined, id: PlannedStep['id'], today: string): PlannedStep {
  const said = about?.nextSteps[id];
  const days = said?.days ?? null;
  return { id, where: said?.where ?? null, due: days === null ? null : addDays(today, days) };
}

/** `YYYY-MM-DD` so many days later. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
