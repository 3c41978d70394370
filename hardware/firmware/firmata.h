/* The host's side of the panel: a subset of the Firmata protocol 2.5, and one message of our own. */
#ifndef PANEL_FIRMATA_H
#define PANEL_FIRMATA_H

#include <stdint.h>

/* Says which protocol and which firmware this is, without being asked. */
void firmata_announce(void);
/* Forgets modes and reports, as after power-on. */
void firmata_reset(void);
void firmata_take(uint8_t byte);
/* Call once in every millisecond: reports what has changed. */
void firmata_tick(void);

#endif
