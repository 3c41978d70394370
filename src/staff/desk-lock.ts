import { mayActHere, type Right, rightsOf, type StaffMember } from './member.ts';
import { badgeHash, isPin } from './pin.ts';
import { type WrongPinStore, WrongPins } from './wrong-pins.ts';

/** How somebody shows who they are. `badge` and `card` were read at the station just now. */
export type Credential =
  | { readonly by: 'pin'; readonly staff: string; readonly pin: string }
  | { readonly by: 'badge' }
  | { readonly by: 'card' };

/** What the station's scanner or second reader saw last; a proof is good once, and only for a moment. */
export type SeenProof =
  | { readonly by: 'badge'; readonly operatorId: string }
  | { readonly by: 'card'; readonly subject: string };

export type Proven =
  | { readonly kind: 'proven'; readonly member: StaffMember; readonly by: Credential['by'] }
  | {
      readonly kind: 'refused';
      readonly why: 'unknown' | 'wrong-pin' | 'wait' | 'nothing-scanned';
      readonly waitS: number | null;
    };

export interface DeskLockOptions {
  readonly members: () => readonly StaffMember[];
  /** Official codes of the villages on the station's lists. */
  readonly villages: () => readonly string[];
  readonly wrongPins: WrongPinStore;
  readonly monotonicMs: () => number;
  /** Idle time after which the desk locks, ms. */
  readonly idleMs: number;
  /** Told when the desk has locked by itself. */
  readonly onLocked: () => void;
}

/** A badge or card that was shown counts for this long. */
const PROOF_MS = 30_000;

/** Who works at the desk: one person at a time, until they leave or nobody has touched it for a while. */
export class DeskLock {
  readonly #options: DeskLockOptions;
  readonly #wrongPins: WrongPins;
  #signedIn: StaffMember | null = null;
  #idle: NodeJS.Timeout | undefined;
  #seen: { readonly proof: SeenProof; readonly atMs: number } | undefined;

  constructor(options: DeskLockOptions) {
    this.#options = options;
    this.#wrongPins = new WrongPins(options.wrongPins, options.monotonicMs);
  }

  /** Idle time after which the desk locks, ms. */
  get idleMs(): number {
    return this.#options.idleMs;
  }

  get signedIn(): StaffMember | null {
    return this.#signedIn;
  }

  /** A badge or an officer's card was read. */
  see(proof: SeenProof): void {
    this.#seen = { proof, atMs: this.#options.monotonicMs() };
  }

  /** Whose badge or card was seen last, if it still counts. */
  seen(): StaffMember | undefined {
    return this.#seen && this.#holderOf(this.#seen.proof);
  }

  /** Finds out who somebody is. Every guess is on the disk before it is looked at. */
  async prove(credential: Credential): Promise<Proven> {
    if (credential.by !== 'pin') return this.#proveBySight(credential.by);
    const waitS = this.#wrongPins.waitS(credential.staff);
    if (waitS > 0) return { kind: 'refused', why: 'wait', waitS };
    const member = this.#options.members().find(({ id }) => id === credential.staff);
    // Counted before it is looked at: guesses at the same time, or a plug that is pulled, win nothing.
    if (member) this.#wrongPins.wrong(member.id);
    const isRight = await isPin(credential.pin, member?.pin ?? null);
    if (!member) return { kind: 'refused', why: 'unknown', waitS: null };
    if (isRight) {
      this.#wrongPins.right(member.id);
      return { kind: 'proven', member, by: 'pin' };
    }
    return { kind: 'refused', why: 'wrong-pin', waitS: this.#wrongPins.waitS(member.id) || null };
  }

  /** Whether somebody may act at this station today, and has the right (`null` = any). */
  mayActNow(member: StaffMember, right: Right | null, today: string): boolean {
    const { villages } = this.#options;
    return mayActHere(member, villages(), today) && (right === null || rightsOf(member.role).includes(right));
  }

  signIn(member: StaffMember): void {
    this.#signedIn = member;
    this.touch();
  }

  signOut(): void {
    clearTimeout(this.#idle);
    this.#signedIn = null;
    this.#seen = undefined;
  }

  /** Somebody uses the desk: the lock waits anew. */
  touch(): void {
    clearTimeout(this.#idle);
    if (!this.#signedIn) return;
    this.#idle = setTimeout(() => {
      this.signOut();
      this.#options.onLocked();
    }, this.#options.idleMs);
    this.#idle.unref();
  }

  #proveBySight(by: 'badge' | 'card'): Proven {
    const seen = this.#seen;
    this.#seen = undefined;
    if (seen?.proof.by !== by || this.#options.monotonicMs() - seen.atMs > PROOF_MS)
      return { kind: 'refused', why: 'nothing-scanned', waitS: null };
    const member = this.#holderOf(seen.proof);
    return member ? { kind: 'proven', member, by } : { kind: 'refused', why: 'unknown', waitS: null };
  }

  #holderOf(proof: SeenProof): StaffMember | undefined {
    const hash = proof.by === 'badge' ? badgeHash(proof.operatorId) : undefined;
    return this.#options
      .members()
      .find((one) => (proof.by === 'badge' ? one.badge === hash : one.subject === proof.subject));
  }
}
