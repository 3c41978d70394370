/**
 * What hangs on the pins of the emulated panel, by the wiring diagram (`hardware/wiring/panel.svg`) and not by the driver's
 * table: a swapped wire must show.
 */
export const LAMP_NAMES: Readonly<Record<number, string>> = { 8: 'white', 10: 'green', 11: 'amber', 12: 'red' };
export const RING_PIN = 3;
export const BUZZER_PIN = 9;
export const BUTTONS = { help: 2, confirm: 4 } as const;
/** What the pin is connected to at rest, and when not. */
export const CONTACTS = {
  presence: { pin: 7, rest: 'low', active: 'high' },
  door: { pin: 5, rest: 'low', active: 'open' },
  power: { pin: 6, rest: 'low', active: 'open' },
} as const;
