/* The pins themselves: lamps, ring light, buzzer, inputs. Knows no protocol. */
#ifndef PANEL_BOARD_H
#define PANEL_BOARD_H

#include <stdint.h>

/* Starts the clock of milliseconds and the watchdog; everything is off. */
void board_start(void);
/* Milliseconds since start, wrapping after 65 s. */
uint16_t board_ms(void);

/* Everything off, every pin an input, pulled up where its wiring wants that. */
void all_off(void);

void make_input(uint8_t pin, uint8_t pull_up);
void make_output(uint8_t pin);
/* Only for outputs. */
void write_pin(uint8_t pin, uint8_t level);
/* 0..255 */
void write_ring(uint16_t level);
/* duty: 0..127 of 254, loudest at 127; a tone of 0 Hz or 0 ms is silence. */
void sound(uint16_t hz, uint16_t ms, uint8_t duty);
void link_led(uint8_t is_on);

/* Call once in every millisecond: ends tones. */
void board_tick(void);
/* The eight pins from 8 × port on, as they are. */
uint8_t read_port(uint8_t port);
/* 0..1023 */
uint16_t read_analog(uint8_t channel);

#endif
