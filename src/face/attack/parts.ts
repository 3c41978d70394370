import type { AttackPart, AttackVerdict } from '../../visit/types.ts';

/**
 * The parts' verdicts as one. Each part has a veto and none outvotes another: one that says `attack` makes it an attack; one
 * that had to judge and did not makes it `not-run`; what may be missing (no module, no ring light, a station not calibrated yet)
 * says nothing when it is. No part at all is `not-run`.
 */
export function fuseParts(parts: readonly AttackPart[]): AttackVerdict {
  if (parts.some(({ verdict }) => verdict === 'attack')) return 'attack';
  const hasMissing = parts.some(({ verdict, isRequired }) => isRequired && verdict !== 'bona-fide');
  return hasMissing || parts.every(({ verdict }) => verdict !== 'bona-fide') ? 'not-run' : 'bona-fide';
}
