/** A breaking change makes a new major version, and a new topic tree and new event types with it. */
export const PROTOCOL_MAJOR = 1;

const EVENT_TYPE = /^th\.thuengban\.((?:[a-z][a-z-]*\.)*[a-z][a-z-]*)\.v([1-9]\d{0,3})$/;

export interface EventType {
  /** `visit.completed`. */
  readonly name: string;
  readonly major: number;
}

/** Takes `th.thuengban.visit.completed.v1` apart; `undefined` when it is no event type of this protocol. */
export function parseEventType(type: string): EventType | undefined {
  const [, name, major] = EVENT_TYPE.exec(type.slice(0, 200)) ?? [];
  return name === undefined ? undefined : { name, major: Number(major) };
}
