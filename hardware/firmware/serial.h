/* USART0 at 57,600 baud 8N1: received bytes wait in a ring, sending waits for the wire. */
#ifndef PANEL_SERIAL_H
#define PANEL_SERIAL_H

#include <stdint.h>

void serial_start(void);
/* The next received byte, or -1. */
int16_t serial_take(void);
uint8_t serial_is_empty(void);
void serial_send(uint8_t byte);

#endif
