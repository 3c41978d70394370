import { scannerSimulators } from '../simulator-registry.ts';
import { PluggedModule } from './plugged-module.ts';
import { portPath } from './port-path.ts';
import {
  FRAME_FAULT_USAGE,
  frameFaultOf,
  type ScannerModel,
  STATE_WORDS,
  sceneLine,
  statesOf,
} from './scanner-words.ts';
import { oneOf, type RunningSimulator, type SimulatorWords, type Tell, wholeNumber } from './simulator.ts';

/**
 * A face-scanner module behind a serial port, for the station's own driver to open.
 * @param options `link`: path of the port, `undefined` = anywhere
 * @throws StationFault `SERIAL_MISSING` without socat, `USAGE` for a link that cannot be made
 */
export async function simulateScanner(
  model: ScannerModel,
  options: { readonly link: string | undefined; readonly tell: Tell },
  signal: AbortSignal,
): Promise<RunningSimulator> {
  const parts = await scannerSimulators();
  const path = portPath(options.link, model);
  const module = new PluggedModule(model, parts, path.path, options.tell, signal);
  const dispose = async () => {
    await module[Symbol.asyncDispose]();
    path[Symbol.dispose]();
  };
  try {
    await module.plugIn();
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    notes: [`${model} at ${path.path}`, sceneLine(module.scene)],
    settings: { faceScanner: { driver: model, path: path.path } },
    words: wordsOf(model, module),
    [Symbol.asyncDispose]: dispose,
  };
}

function wordsOf(model: ScannerModel, module: PluggedModule): SimulatorWords {
  return {
    face: {
      usage: 'yes|no',
      help: { en: 'a face stands before the lens, or nobody', th: 'มีใบหน้าหน้ากล้อง หรือไม่มีใคร' },
      run: (argument) => module.show({ face: oneOf(argument, ['yes', 'no']) === 'yes' }),
    },
    live: {
      usage: '',
      help: { en: 'the face is that of a person', th: 'เป็นใบหน้าคนจริง' },
      run: () => module.show({ face: true, live: true }),
    },
    attack: {
      usage: '',
      help: { en: 'the face is a photograph or a screen', th: 'เป็นรูปถ่ายหรือหน้าจอ' },
      run: () => module.show({ face: true, live: false }),
    },
    states: {
      usage: '[STATE…]',
      help: {
        en: `what it tells while it looks, numbers or: ${Object.keys(STATE_WORDS[model]).join(' ')}`,
        th: 'คำแนะนำที่ส่งระหว่างมอง เป็นตัวเลขหรือคำข้างต้น',
      },
      run: (argument) => module.show({ states: statesOf(model, argument) }),
    },
    look: {
      usage: 'MS',
      help: { en: 'how long it looks before it decides', th: 'เวลาที่มองก่อนตัดสิน (มิลลิวินาที)' },
      run: (argument) => module.show({ lookMs: wholeNumber(argument, 0, 60_000) }),
    },
    fault: {
      usage: `${FRAME_FAULT_USAGE} [N]`,
      help: { en: 'spoil the next N frames to the host', th: 'ทำให้ N เฟรมถัดไปเสีย' },
      run: (argument) => {
        const { fault, frames } = frameFaultOf(argument);
        module.spoil(fault, frames);
        return `the next ${frames === 1 ? 'frame' : `${frames} frames`}: ${fault}`;
      },
    },
    'brown-out': {
      usage: '',
      help: { en: 'its power sags: silent until "power-on"', th: 'ไฟตก เงียบจนกว่าจะสั่ง power-on' },
      run: () => {
        module.brownOut();
        return 'silent';
      },
    },
    'power-on': {
      usage: '',
      help: { en: 'power is back, its state is lost', th: 'ไฟกลับมา เริ่มใหม่ทั้งหมด' },
      run: () => {
        module.powerOn();
        return 'powered';
      },
    },
    unplug: {
      usage: '',
      help: { en: 'pull the cable', th: 'ถอดสาย' },
      run: async () => {
        await module.unplug();
        return 'unplugged';
      },
    },
    plug: {
      usage: '',
      help: { en: 'plug the cable in again', th: 'เสียบสายกลับ' },
      run: async () => {
        await module.plugIn();
        return 'plugged in';
      },
    },
    scene: {
      usage: '',
      help: { en: 'tell what stands before the lens', th: 'บอกว่ามีอะไรอยู่หน้ากล้อง' },
      run: () => sceneLine(module.scene),
    },
  };
}
