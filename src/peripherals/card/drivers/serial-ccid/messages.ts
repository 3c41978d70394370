import type { FaultCode } from '../../../../shared/faults.ts';
import type { CcidMessage } from './frame.ts';

/** Commands, as USB CCID 1.1 §6.1 numbers them. */
export const COMMANDS = { powerOn: 0x62, powerOff: 0x63, getSlotStatus: 0x65, transfer: 0x6f } as const;
export type Command = (typeof COMMANDS)[keyof typeof COMMANDS];

const [DATA_BLOCK, SLOT_STATUS] = [0x80, 0x81];

/** The kind of message that answers a command (§6.2). */
export const ANSWERS: Readonly<Record<Command, number>> = {
  [COMMANDS.powerOn]: DATA_BLOCK,
  [COMMANDS.powerOff]: SLOT_STATUS,
  [COMMANDS.getSlotStatus]: SLOT_STATUS,
  [COMMANDS.transfer]: DATA_BLOCK,
};

/** bmICCStatus, the lowest two bits of bStatus (§6.2.6); the fourth value is reserved. */
export type CardState = 'active' | 'inactive' | 'absent';

/** bmCommandStatus, the highest two bits: done, failed, or the card has asked for more time. */
export type CommandState = 'done' | 'failed' | 'more-time';

export function cardState({ status }: CcidMessage): CardState {
  return (['active', 'inactive', 'absent', 'absent'] as const)[status & 0x03] ?? 'absent';
}

export function commandState({ status }: CcidMessage): CommandState {
  return (['done', 'failed', 'more-time', 'failed'] as const)[status >> 6] ?? 'failed';
}

/** bError of a failed command: the voltage that was asked for is not known to the reader (index of bPowerSelect). */
export const BAD_POWER_SELECT = 0x07;

/** bError of a failed command: index of bSlot. */
export const NO_SUCH_SLOT = 0x05;

/** bError of a failed command (table 6.2-2). All others are the reader's or the line's trouble with one command. */
const ERRORS: Readonly<Record<number, FaultCode>> = {
  254: 'CARD_MUTE', // FE: no answer from the card
  248: 'CARD_MUTE', // F8: the answer to reset begins wrongly
  247: 'CARD_MUTE', // F7: its check byte is wrong
  246: 'CARD_MUTE', // F6: a protocol that the reader does not speak
  245: 'CARD_MUTE', // F5: a class (voltage) that it cannot supply
  242: 'READER_BUSY', // F2: at work by itself
  224: 'READER_BUSY', // E0: at work for an earlier command
};

export function failureCode(message: CcidMessage): FaultCode {
  if (cardState(message) === 'absent') return 'CARD_REMOVED';
  return ERRORS[message.error] ?? 'CARD_PROTOCOL';
}
