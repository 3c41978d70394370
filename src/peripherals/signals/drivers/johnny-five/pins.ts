import type { Lamp } from '../../patterns.ts';

/** Arduino's pin numbers on the panel, as in `hardware/firmware/pins.h`. */
export const LAMP_PINS: Readonly<Record<Lamp, number>> = { white: 8, green: 10, amber: 11, red: 12 };
export const RING_PIN = 3;
export const BUTTON_PINS = { 'call-staff': 2, confirm: 4 } as const;
/** Closed to ground at rest: a cut wire tells as an opened door or a failing supply. */
export const DOOR_PIN = 5;
export const POWER_PIN = 6;
/** Driven high by the sensor while somebody is there. */
export const PRESENCE_PIN = 7;

export const FIRMWARE_NAME = 'thuengban-panel';
/** The firmware's own sysex message: two times 7 bits of hertz, two times 7 bits of ms, duty 0..127. */
export const TONE_COMMAND = 0x01;
export const LONGEST_TONE_MS = 0x3fff;
export const DUTY = { soft: 6, full: 127 } as const;
export const BAUD_RATE = 57_600;
