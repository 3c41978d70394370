import type { KeyObject } from 'node:crypto';
import type { SignedKind } from '../messages.ts';

/** A private Ed25519 key with its name. */
export interface Signer {
  readonly kid: string;
  readonly key: KeyObject;
}

/** A public Ed25519 key and what it is good for. */
export interface Verifier {
  readonly key: KeyObject;
  /** The station whose key it is; `null` = the server's. */
  readonly station: string | null;
  /** Kinds of statement that it may sign: whoever holds the acknowledging key must not be able to give commands. */
  readonly kinds: readonly SignedKind[];
  /** From then on nothing under it is believed, whatever time the message names: the thief of a key writes any time; `null` = for good. */
  readonly refusedFrom: string | null;
}

/** The registry of keys; `undefined` = not registered. */
export type KeyRegistry = (kid: string) => Verifier | undefined;

/** Public X25519 key of a programme, to which personal data is sealed. */
export interface SealingKey {
  readonly kid: string;
  readonly key: KeyObject;
}

/** Private X25519 keys of the vault; `undefined` = not its own. */
export type OpeningKeys = (kid: string) => KeyObject | undefined;
