#include "firmata.h"

#include <string.h>

#include "board.h"
#include "pins.h"
#include "serial.h"

/* Protocol 2.5, github.com/firmata/protocol: command bytes have bit 7 set, data bytes have not. */
enum {
  DIGITAL = 0x90,
  REPORT_ANALOG = 0xc0,
  REPORT_DIGITAL = 0xd0,
  ANALOG = 0xe0,
  START_SYSEX = 0xf0,
  SET_PIN_MODE = 0xf4,
  SET_PIN = 0xf5,
  END_SYSEX = 0xf7,
  VERSION = 0xf9,
  SYSTEM_RESET = 0xff,
  /* Inside START_SYSEX … END_SYSEX. 0x01 is ours: hz and ms as two times 7 bits, then the duty. */
  TONE = 0x01,
  ANALOG_MAPPING_QUERY = 0x69,
  CAPABILITY_QUERY = 0x6b,
  EXTENDED_ANALOG = 0x6f,
  FIRMWARE = 0x79,
  SAMPLING_INTERVAL = 0x7a,
};
enum { MODE_INPUT = 0, MODE_OUTPUT = 1, MODE_ANALOG = 2, MODE_PWM = 3, MODE_PULL_UP = 11 };

#define PORT_COUNT 3
#define CHANNEL_COUNT 6
#define FIRST_ANALOG_PIN 14
/* The longest message that is understood has seven bytes; a longer one is dropped whole. */
#define MESSAGE_SIZE 16

static const char name[] PROGMEM = "thuengban-panel";

static uint8_t message[MESSAGE_SIZE];
static uint8_t length;

static uint8_t output_pins[PORT_COUNT];
static uint8_t is_port_reported[PORT_COUNT];
static uint8_t sampled[PORT_COUNT];
static uint8_t reported[PORT_COUNT];
static uint8_t reported_channels;
static uint16_t sampling_ms;
static uint16_t since_sample_ms;

static void send_pair(uint16_t value) {
  serial_send(value & 0x7f);
  serial_send((value >> 7) & 0x7f);
}

static void send_version(void) {
  serial_send(VERSION);
  serial_send(2);
  serial_send(5);
}

static void send_firmware(void) {
  serial_send(START_SYSEX);
  serial_send(FIRMWARE);
  serial_send(1);
  serial_send(0);
  for (uint8_t i = 0; i < sizeof name - 1; i++) send_pair(pgm_read_byte(&name[i]));
  serial_send(END_SYSEX);
}

void firmata_announce(void) {
  send_version();
  send_firmware();
}

void firmata_reset(void) {
  length = 0;
  memset(output_pins, 0, sizeof output_pins);
  memset(is_port_reported, 0, sizeof is_port_reported);
  reported_channels = 0;
  sampling_ms = 19;
}

static void send_mode(uint8_t mode, uint8_t bits) {
  serial_send(mode);
  serial_send(bits);
}

static void send_capabilities(void) {
  serial_send(START_SYSEX);
  serial_send(CAPABILITY_QUERY + 1);
  for (uint8_t pin = 0; pin < PIN_COUNT; pin++) {
    if (can(pin, CAN_INPUT)) {
      send_mode(MODE_INPUT, 1);
      send_mode(MODE_PULL_UP, 1);
    }
    if (can(pin, CAN_OUTPUT)) send_mode(MODE_OUTPUT, 1);
    if (can(pin, CAN_ANALOG)) send_mode(MODE_ANALOG, 10);
    if (can(pin, CAN_PWM)) send_mode(MODE_PWM, 8);
    serial_send(0x7f);
  }
  serial_send(END_SYSEX);
}

static void send_analog_mapping(void) {
  serial_send(START_SYSEX);
  serial_send(ANALOG_MAPPING_QUERY + 1);
  for (uint8_t pin = 0; pin < PIN_COUNT; pin++) serial_send(can(pin, CAN_ANALOG) ? pin - FIRST_ANALOG_PIN : 0x7f);
  serial_send(END_SYSEX);
}

/*
 * All that can be inputs, whether or not the host has set their mode by now: it sets the modes pin after pin, believes
 * each as soon as it is sent, and would take a 0 in the report for the pin before as a press.
 */
static uint8_t read_inputs(uint8_t port) {
  uint8_t levels = read_port(port);
  for (uint8_t i = 0; i < 8; i++)
    if (!can(port * 8 + i, CAN_INPUT)) levels &= ~(1 << i);
  return levels;
}

static void send_port(uint8_t port) {
  reported[port] = sampled[port];
  serial_send(DIGITAL | port);
  send_pair(reported[port]);
}

static void set_mode(uint8_t pin, uint8_t mode) {
  if (pin >= PIN_COUNT) return;
  uint8_t port = pin >> 3;
  uint8_t bit = 1 << (pin & 7);
  if ((mode == MODE_INPUT || mode == MODE_PULL_UP) && can(pin, CAN_INPUT)) {
    make_input(pin, mode == MODE_PULL_UP);
  } else if (mode == MODE_OUTPUT && can(pin, CAN_OUTPUT)) {
    make_output(pin);
    output_pins[port] |= bit;
  } else if (mode == MODE_PWM && can(pin, CAN_PWM)) {
    write_ring(0);
    make_output(pin);
  }
}

static void set_pin(uint8_t pin, uint8_t level) {
  if (pin >= PIN_COUNT) return;
  uint8_t bit = 1 << (pin & 7);
  if (output_pins[pin >> 3] & bit) write_pin(pin, level);
}

static void set_port(uint8_t port, uint8_t levels) {
  if (port >= PORT_COUNT) return;
  for (uint8_t i = 0; i < 8; i++) set_pin(port * 8 + i, levels & (1 << i));
}

static void report_port(uint8_t port, uint8_t is_on) {
  if (port >= PORT_COUNT) return;
  is_port_reported[port] = is_on;
  if (!is_on) return;
  sampled[port] = read_inputs(port);
  send_port(port);
}

static void report_channel(uint8_t channel, uint8_t is_on) {
  if (channel >= CHANNEL_COUNT) return;
  uint8_t bit = 1 << channel;
  reported_channels = is_on ? reported_channels | bit : reported_channels & ~bit;
}

static uint16_t pair_at(uint8_t index) { return message[index] | ((uint16_t)message[index + 1] << 7); }

static void obey_sysex(void) {
  /* message[0] is START_SYSEX; END_SYSEX is not kept. */
  switch (message[1]) {
    case FIRMWARE:
      if (length == 2) send_firmware();
      break;
    case CAPABILITY_QUERY:
      send_capabilities();
      break;
    case ANALOG_MAPPING_QUERY:
      send_analog_mapping();
      break;
    case EXTENDED_ANALOG:
      if (length >= 5 && message[2] == RING_PIN) write_ring(pair_at(3));
      break;
    case SAMPLING_INTERVAL:
      if (length >= 4 && pair_at(2) > 0) sampling_ms = pair_at(2);
      break;
    case TONE:
      if (length == 7) sound(pair_at(2), pair_at(4), message[6]);
      break;
  }
}

static void obey(void) {
  uint8_t low = message[0] & 0x0f;
  switch (message[0] < 0xf0 ? message[0] & 0xf0 : message[0]) {
    case DIGITAL:
      set_port(low, pair_at(1));
      break;
    case ANALOG:
      if (low == RING_PIN) write_ring(pair_at(1));
      break;
    case REPORT_ANALOG:
      report_channel(low, message[1]);
      break;
    case REPORT_DIGITAL:
      report_port(low, message[1]);
      break;
    case SET_PIN_MODE:
      set_mode(message[1], message[2]);
      break;
    case SET_PIN:
      set_pin(message[1], message[2]);
      break;
  }
}

/* Bytes of a message with this first byte; 0 = not one that is understood. */
static uint8_t size_of(uint8_t first) {
  switch (first < 0xf0 ? first & 0xf0 : first) {
    case REPORT_ANALOG:
    case REPORT_DIGITAL:
      return 2;
    case DIGITAL:
    case ANALOG:
    case SET_PIN_MODE:
    case SET_PIN:
      return 3;
    default:
      return 0;
  }
}

void firmata_take(uint8_t byte) {
  if (byte == VERSION || byte == SYSTEM_RESET) {
    length = 0;
    if (byte == VERSION) send_version();
    else {
      all_off();
      firmata_reset();
      link_led(1);
    }
    return;
  }
  if (byte == END_SYSEX) {
    if (length >= 2 && length <= MESSAGE_SIZE && message[0] == START_SYSEX) obey_sysex();
    length = 0;
    return;
  }
  /* A command byte always begins anew: whatever was cut short before it is forgotten. */
  if (byte & 0x80) length = 0;
  else if (length == 0) return;
  if (length < MESSAGE_SIZE) message[length] = byte;
  if (length <= MESSAGE_SIZE) length++;
  if (message[0] != START_SYSEX && length == size_of(message[0])) {
    obey();
    length = 0;
  } else if (message[0] != START_SYSEX && size_of(message[0]) == 0) length = 0;
}

void firmata_tick(void) {
  for (uint8_t port = 0; port < PORT_COUNT; port++) {
    uint8_t before = sampled[port];
    sampled[port] = read_inputs(port);
    /* Two equal samples: a spike on a long wire is not an event. */
    if (is_port_reported[port] && before == sampled[port] && sampled[port] != reported[port]) send_port(port);
  }
  if (++since_sample_ms < sampling_ms) return;
  since_sample_ms = 0;
  for (uint8_t channel = 0; channel < CHANNEL_COUNT; channel++) {
    if (!(reported_channels & (1 << channel))) continue;
    serial_send(ANALOG | channel);
    send_pair(read_analog(channel));
  }
}
