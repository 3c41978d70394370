import { StationFault } from '../../shared/fault.ts';

/** Names in `/dev/serial/by-id` that can be nothing else: of our udev rule (hardware/udev), or with the maker's own words. */
const CERTAIN = [/^thuengban-card-reader/, /^usb-(ACS|Advanced_Card).*(ACR|Reader)/i];
/** A USB-to-serial bridge does not say what is behind it. */
const BRIDGE = /^usb-.*(CP210|CH34\d|FT232|USB_Serial|USB2\.0-Ser|PL2303)/i;

/**
 * The card reader's port among the names of `/dev/serial/by-id`. A bridge is taken only when it is the only one: the face
 * scanner and the panel may hang on bridges too, and bytes sent to the wrong device do harm.
 * @throws StationFault `READER_MISSING`
 */
export function findSerialReader(names: readonly string[]): string {
  const certain = names.find((name) => CERTAIN.some((print) => print.test(name)));
  if (certain !== undefined) return certain;
  const bridges = names.filter((name) => BRIDGE.test(name));
  const [bridge] = bridges;
  if (bridge !== undefined && bridges.length === 1) return bridge;
  const why = bridges.length > 1 ? `${bridges.length} serial bridges could be it` : 'no serial device looks like it';
  throw new StationFault('READER_MISSING', 'serial reader', `${why}; set card.serial.path or install the udev rule`);
}
