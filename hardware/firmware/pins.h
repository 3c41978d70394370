/* What hangs on which pin of the panel (Arduino numbering), and what the host may do with it. */
#ifndef PANEL_PINS_H
#define PANEL_PINS_H

#include <avr/pgmspace.h>
#include <stdint.h>

#define FIRST_PIN 2 /* 0 and 1 are the serial line */
#define PIN_COUNT 20
#define RING_PIN 3    /* PD3, OC2B: gate of the ring light's MOSFET */
#define BUZZER_PIN 9  /* PB1, OC1A: passive buzzer */
#define LINK_LED 13   /* PB5: lit while the host is heard */

#define CAN_INPUT 1
#define CAN_OUTPUT 2
#define CAN_PWM 4
#define CAN_ANALOG 8
/* Pulled up from power-on, by the chip itself: a wire that is still charging must not look like a press. */
#define PULLED_UP 16

/* An input can never be made an output: a door contact to ground would short the driven pin. */
static const uint8_t pin_can[PIN_COUNT] PROGMEM = {
    [2] = CAN_INPUT | PULLED_UP,          /* button: call staff, to ground */
    [RING_PIN] = CAN_PWM,                 /* ring light */
    [4] = CAN_INPUT | PULLED_UP,          /* button: confirm, to ground */
    [5] = CAN_INPUT | PULLED_UP,          /* door contact, closed to ground while shut */
    [6] = CAN_INPUT | PULLED_UP,          /* power-good, low while the supply is well */
    [7] = CAN_INPUT,                      /* presence sensor, high = somebody is there */
    [8] = CAN_OUTPUT,                     /* lamp: white */
    [10] = CAN_OUTPUT,                    /* lamp: green, top */
    [11] = CAN_OUTPUT,                    /* lamp: amber, middle */
    [12] = CAN_OUTPUT,                    /* lamp: red, bottom */
    [14] = CAN_INPUT | CAN_ANALOG, [15] = CAN_INPUT | CAN_ANALOG, [16] = CAN_INPUT | CAN_ANALOG,
    [17] = CAN_INPUT | CAN_ANALOG, [18] = CAN_INPUT | CAN_ANALOG, [19] = CAN_INPUT | CAN_ANALOG,
};

static inline uint8_t can(uint8_t pin, uint8_t what) {
  return pin < PIN_COUNT && (pgm_read_byte(&pin_can[pin]) & what);
}

#endif
