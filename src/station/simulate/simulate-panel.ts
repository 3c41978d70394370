import { panelEmulator } from '../simulator-registry.ts';
import { portPath } from './port-path.ts';
import { oneOf, type RunningSimulator, type SimulatorWord, type SimulatorWords, type Tell } from './simulator.ts';

type Parts = Awaited<ReturnType<typeof panelEmulator>>;
type Panel = Awaited<ReturnType<Parts['RunningPanel']['start']>>;

/** How often lamps and buzzer are looked at, ms. */
const LOOK_MS = 50;
/** As long as a finger, in the panel's own time, ms. */
const PRESS_MS = 120;

/**
 * The panel's own firmware in an emulated processor behind a serial port, for the station's own driver to open.
 * @param options `link`: path of the port, `undefined` = anywhere
 * @throws StationFault `SIMULATOR_UNAVAILABLE` (no avr8js, no firmware), `SERIAL_MISSING` without socat, `USAGE`
 */
export async function simulatePanel(options: {
  readonly link: string | undefined;
  readonly tell: Tell;
}): Promise<RunningSimulator> {
  const parts = await panelEmulator();
  const path = portPath(options.link, 'panel');
  let panel: Panel;
  try {
    panel = await parts.RunningPanel.start(parts.panelFirmware(), path.path);
  } catch (error) {
    path[Symbol.dispose]();
    throw error;
  }
  const outputs = new parts.OutputWatch(panel.emulator, options.tell);
  const looking = setInterval(() => outputs.look(), LOOK_MS);
  return {
    notes: [`panel at ${path.path}`, 'at rest: nobody there, door shut, supply well'],
    settings: { signals: { driver: 'johnny-five', port: path.path } },
    words: wordsOf(panel, parts),
    async [Symbol.asyncDispose]() {
      clearInterval(looking);
      await panel[Symbol.asyncDispose]();
      path[Symbol.dispose]();
    },
  };
}

function wordsOf(panel: Panel, { BUTTONS, CONTACTS }: Parts): SimulatorWords {
  const contact = (
    name: keyof typeof CONTACTS,
    rest: string,
    active: string,
    help: SimulatorWord['help'],
  ): SimulatorWord => ({
    usage: `${active}|${rest}`,
    help,
    run(argument) {
      const wire = CONTACTS[name];
      panel.emulator.connect(wire.pin, oneOf(argument, [active, rest]) === active ? wire.active : wire.rest);
      return `${name}: ${argument}`;
    },
  });
  return {
    press: {
      usage: Object.keys(BUTTONS).join('|'),
      help: { en: 'press a button and let it go', th: 'กดปุ่มแล้วปล่อย (help = เรียกเจ้าหน้าที่)' },
      async run(argument) {
        const button = oneOf(argument, Object.keys(BUTTONS) as (keyof typeof BUTTONS)[]);
        const pin = BUTTONS[button];
        panel.emulator.connect(pin, 'low');
        const pressedAt = panel.emulator.ms;
        await panel.until('released', ({ ms }) => ms > pressedAt + PRESS_MS);
        panel.emulator.connect(pin, 'open');
        return `pressed: ${button}`;
      },
    },
    presence: contact('presence', 'no', 'yes', { en: 'somebody stands there, or nobody', th: 'มีคนยืนอยู่ หรือไม่มี' }),
    door: contact('door', 'shut', 'open', { en: 'the door of the box', th: 'ฝาเครื่อง เปิดหรือปิด' }),
    power: contact('power', 'well', 'failing', { en: 'the supply', th: 'ไฟเลี้ยง ปกติหรือกำลังดับ' }),
    hang: {
      usage: '',
      help: { en: 'the firmware hangs: its watchdog resets it', th: 'เฟิร์มแวร์ค้าง วอตช์ด็อกจะรีเซ็ต' },
      run: () => {
        panel.emulator.wedge();
        return 'hangs';
      },
    },
    unplug: {
      usage: '',
      help: { en: 'pull the USB cable', th: 'ถอดสาย USB' },
      run: async () => {
        await panel.unplug();
        return 'unplugged';
      },
    },
    plug: {
      usage: '',
      help: { en: 'plug the USB cable in again', th: 'เสียบสาย USB กลับ' },
      run: async () => {
        await panel.unplug();
        await panel.plugIn();
        return 'plugged in';
      },
    },
  };
}
