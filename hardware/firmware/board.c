#include "board.h"

#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/wdt.h>
#include <util/atomic.h>

#include "pins.h"

static volatile uint16_t now_ms;
static uint16_t tone_ends_at;
static uint8_t is_sounding;

/* A watchdog reset leaves the watchdog running at its shortest: switch it off before anything else takes time. */
void stop_watchdog(void) __attribute__((naked, used, section(".init3")));
void stop_watchdog(void) {
  MCUSR = 0;
  wdt_disable();
}

ISR(TIMER0_COMPA_vect) { now_ms++; }

uint16_t board_ms(void) {
  uint16_t ms;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) { ms = now_ms; }
  return ms;
}

void board_start(void) {
  all_off();
  /* Timer 0: 16 MHz / 64 / 250 = 1 kHz. */
  TCCR0A = _BV(WGM01);
  TCCR0B = _BV(CS01) | _BV(CS00);
  OCR0A = 249;
  TIMSK0 = _BV(OCIE0A);
  /* Conversions at 125 kHz, against the supply. */
  ADMUX = _BV(REFS0);
  ADCSRA = _BV(ADEN) | _BV(ADPS2) | _BV(ADPS1) | _BV(ADPS0);
  wdt_enable(WDTO_500MS);
}

static volatile uint8_t *port_of(uint8_t pin) { return pin < 8 ? &PORTD : pin < 14 ? &PORTB : &PORTC; }
static volatile uint8_t *direction_of(uint8_t pin) { return pin < 8 ? &DDRD : pin < 14 ? &DDRB : &DDRC; }
static uint8_t mask_of(uint8_t pin) { return _BV(pin < 8 ? pin : pin < 14 ? pin - 8 : pin - 14); }

void make_input(uint8_t pin, uint8_t pull_up) {
  *direction_of(pin) &= ~mask_of(pin);
  if (pull_up || can(pin, PULLED_UP)) *port_of(pin) |= mask_of(pin);
  else *port_of(pin) &= ~mask_of(pin);
}

void all_off(void) {
  write_ring(0);
  sound(0, 0, 0);
  /* Levels first: a lamp's pin that became an input while high would be pulled up. The serial pins stay as they are. */
  for (uint8_t pin = FIRST_PIN; pin < PIN_COUNT; pin++) {
    if (*direction_of(pin) & mask_of(pin)) *port_of(pin) &= ~mask_of(pin);
    make_input(pin, 0);
  }
}

void make_output(uint8_t pin) {
  *port_of(pin) &= ~mask_of(pin);
  *direction_of(pin) |= mask_of(pin);
}

void write_pin(uint8_t pin, uint8_t level) {
  if (level) *port_of(pin) |= mask_of(pin);
  else *port_of(pin) &= ~mask_of(pin);
}

void write_ring(uint16_t level) {
  OCR2B = level > 255 ? 255 : level;
  /* At 0 timer 2 would still give a spike in every period: take the pin from it. Else 7.8 kHz, so that no camera sees bands. */
  TCCR2A = level == 0 ? 0 : _BV(COM2B1) | _BV(WGM21) | _BV(WGM20);
  TCCR2B = level == 0 ? 0 : _BV(CS21);
}

void sound(uint16_t hz, uint16_t ms, uint8_t duty) {
  is_sounding = hz >= 31 && hz <= 5000 && ms > 0 && duty > 0;
  if (!is_sounding) {
    TCCR1A = 0;
    TCCR1B = 0;
    PORTB &= ~mask_of(BUZZER_PIN);
    return;
  }
  /* Fast PWM up to ICR1 (mode 14) at 2 MHz: the period is the pitch, the share of it that is high the loudness. */
  uint16_t top = F_CPU / 8 / hz - 1;
  TCNT1 = 0;
  ICR1 = top;
  OCR1A = ((uint32_t)top * (duty & 0x7f)) / 254;
  TCCR1A = _BV(COM1A1) | _BV(WGM11);
  TCCR1B = _BV(WGM13) | _BV(WGM12) | _BV(CS11);
  DDRB |= mask_of(BUZZER_PIN);
  tone_ends_at = board_ms() + ms;
}

void link_led(uint8_t is_on) {
  make_output(LINK_LED);
  write_pin(LINK_LED, is_on);
}

void board_tick(void) {
  if (is_sounding && (int16_t)(board_ms() - tone_ends_at) >= 0) sound(0, 0, 0);
}

uint8_t read_port(uint8_t port) {
  if (port == 0) return PIND & 0xfc;
  if (port == 1) return (PINB & 0x3f) | (PINC << 6);
  return PINC >> 2;
}

uint16_t read_analog(uint8_t channel) {
  ADMUX = _BV(REFS0) | (channel & 0x07);
  ADCSRA |= _BV(ADSC);
  while (ADCSRA & _BV(ADSC)) {
  }
  return ADC;
}
