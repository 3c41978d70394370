import { StationFault } from '../shared/fault.ts';

/**
 * Beside `registry.ts` the only file that knows drivers: those of simulators that run alone, for developers. A station
 * never loads it.
 */

/** A serial cable without hardware, and the modules that can hang on it. */
export async function scannerSimulators() {
  const { PluggablePort } = await import('../peripherals/serial/drivers/pty/pluggable-port.ts');
  const { openSerialPort } = await import('../peripherals/serial/drivers/serialport/serialport-link.ts');
  const { Fm225Simulator } = await import('../peripherals/face-scanner/drivers/simulated/fm225-simulator.ts');
  const { FACTORY_CONFIG, RealSenseSimulator } = await import(
    '../peripherals/face-scanner/drivers/simulated/realsense-simulator.ts'
  );
  const { LIVE_FACE } = await import('../peripherals/face-scanner/drivers/simulated/scene.ts');
  return { PluggablePort, openSerialPort, Fm225Simulator, RealSenseSimulator, FACTORY_CONFIG, LIVE_FACE };
}

/** A scanner of codes: its reports, the driver that reads them, and a device in the kernel where that can be had. */
export async function codeScannerSimulator() {
  const { ReportPlayer } = await import('../peripherals/badge/drivers/simulated/report-player.ts');
  const { SCAN_PROFILES } = await import('../peripherals/badge/drivers/simulated/scan-profiles.ts');
  const { openUhid } = await import('../peripherals/badge/drivers/simulated/uhid-device.ts');
  const { HidPosScanner } = await import('../peripherals/badge/drivers/hid-pos/hid-pos-scanner.ts');
  return { ReportPlayer, SCAN_PROFILES, openUhid, HidPosScanner };
}

/**
 * The panel's firmware in an emulated processor.
 * @throws StationFault `SIMULATOR_UNAVAILABLE` without the development package avr8js
 */
export async function panelEmulator() {
  try {
    const { RunningPanel } = await import('../peripherals/signals/drivers/emulated/running-panel.ts');
    const { panelFirmware } = await import('../peripherals/signals/drivers/emulated/firmware.ts');
    const { OutputWatch } = await import('../peripherals/signals/drivers/emulated/output-watch.ts');
    const { BUTTONS, CONTACTS } = await import('../peripherals/signals/drivers/emulated/wiring.ts');
    return { RunningPanel, panelFirmware, OutputWatch, BUTTONS, CONTACTS };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    const why = 'the package avr8js is not installed: it comes with the development packages (npm install)';
    throw new StationFault('SIMULATOR_UNAVAILABLE', 'panel', why, { cause });
  }
}
