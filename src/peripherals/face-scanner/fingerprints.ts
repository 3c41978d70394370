import { StationFault } from '../../shared/fault.ts';

export type ScannerModel = 'fm225' | 'realsense-id';

interface Fingerprint {
  readonly model: ScannerModel;
  readonly name: RegExp;
  /** False: the name is that of a USB-to-serial bridge, behind which anything may be wired. */
  readonly isCertain: boolean;
}

/**
 * How the modules appear in `/dev/serial/by-id`. The `thuengban-` names are made by our udev rules (hardware/udev).
 * Bridges: the driver names that Linux gives them. RealSense's own product string was not seen on a real module.
 */
const FINGERPRINTS: readonly Fingerprint[] = [
  { model: 'fm225', name: /^thuengban-fm225/, isCertain: true },
  { model: 'realsense-id', name: /^thuengban-realsense-id/, isCertain: true },
  { model: 'realsense-id', name: /^usb-.*RealSense.*ID/i, isCertain: true },
  { model: 'fm225', name: /^usb-.*(CP210|CH34\d|FT232|USB_Serial|USB2\.0-Ser|PL2303)/i, isCertain: false },
  { model: 'realsense-id', name: /^usb-.*MCP2221/i, isCertain: false },
];

/**
 * The port of this model among the names of `/dev/serial/by-id`. A bridge is taken only when it is the only one: the panel
 * and the card reader may hang on bridges too, and bytes sent to the wrong device do harm.
 * @throws StationFault `SCANNER_MISSING`
 */
export function pickPort(names: readonly string[], model: ScannerModel): string {
  const fitting = (isCertain: boolean) =>
    names.filter((name) =>
      FINGERPRINTS.some((print) => print.model === model && print.isCertain === isCertain && print.name.test(name)),
    );
  const [certain] = fitting(true);
  if (certain !== undefined) return certain;
  const bridges = fitting(false);
  const [bridge] = bridges;
  if (bridge !== undefined && bridges.length === 1) return bridge;
  const why = bridges.length > 1 ? `${bridges.length} serial bridges could be it` : 'no serial device looks like it';
  throw new StationFault('SCANNER_MISSING', model, `${why}; set faceScanner.path or install the udev rule`);
}
