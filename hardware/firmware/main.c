/*
 * The panel's firmware: lamps, ring light, buzzer, buttons and contacts of the station on an ATmega328P.
 * Two guards: the watchdog restarts it within half a second when this loop hangs, and whatever the host had switched
 * on goes off when the host has said nothing for five seconds.
 */
#include <avr/interrupt.h>
#include <avr/sleep.h>
#include <avr/wdt.h>

#include "board.h"
#include "firmata.h"
#include "serial.h"

#define SILENCE_MS 5000

/* Rests until the next byte or millisecond. What comes between the look and the rest wakes it: `sei` lets one more instruction by. */
static void rest(uint16_t since) {
  cli();
  if (serial_is_empty() && board_ms() == since) {
    sleep_enable();
    sei();
    sleep_cpu();
    sleep_disable();
  }
  sei();
}

int main(void) {
  board_start();
  serial_start();
  firmata_reset();
  sei();
  firmata_announce();
  uint8_t is_heard = 0;
  uint16_t heard_at = 0;
  uint16_t ticked_at = board_ms();
  for (;;) {
    wdt_reset();
    int16_t byte = serial_take();
    if (byte >= 0) {
      heard_at = board_ms();
      if (!is_heard) {
        is_heard = 1;
        link_led(1);
        /* The host may think that its lamps are still on: tell it that this is a new beginning. */
        firmata_announce();
      }
      firmata_take(byte);
    }
    uint16_t now = board_ms();
    if (now == ticked_at) {
      rest(now);
      continue;
    }
    ticked_at = now;
    board_tick();
    firmata_tick();
    if (is_heard && (uint16_t)(now - heard_at) >= SILENCE_MS) {
      is_heard = 0;
      all_off();
      firmata_reset();
    }
  }
}
