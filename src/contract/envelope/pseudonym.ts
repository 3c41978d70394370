import { createHmac } from 'node:crypto';

/**
 * The citizen in routing fields: HMAC-SHA-256 with the programme's key, base64url. Never a plain hash: thirteen digits
 * can be enumerated in minutes.
 */
export function pseudonym(programmeKey: Uint8Array, citizenId: string): string {
  return createHmac('sha256', programmeKey).update(`thuengban:citizen:v1:${citizenId}`).digest('base64url');
}
