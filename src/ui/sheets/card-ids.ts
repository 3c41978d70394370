/** The picture cards, in the order in which a visit goes. */
export const CARD_IDS = [
  'hello',
  'from',
  'your-card',
  'look-once',
  'may-say-no',
  'no-cost',
  'person-helps',
  'wait',
  'thank-you',
  'card-back',
] as const;
export type CardId = (typeof CARD_IDS)[number];
