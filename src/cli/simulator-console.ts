import { createInterface } from 'node:readline';
import { asFault } from '../shared/fault.ts';
import { orAbort } from '../shared/wait.ts';
import type { RunningSimulator, SimulatorWords } from '../station/simulate/simulator.ts';
import type { Output } from './command.ts';

/** As wide as a word with its usage mostly is. */
const LEFT = 24;

/**
 * Carries out the words on standard input, one after the other, until `quit` or the abort. The end of the input ends nothing:
 * a simulator may run in the background.
 */
export async function runConsole(simulator: RunningSimulator, output: Output, signal: AbortSignal): Promise<void> {
  output.note('Words: type "help"; Ctrl-C or "quit" ends it · พิมพ์ help เพื่อดูคำสั่ง กด Ctrl-C หรือพิมพ์ quit เพื่อเลิก');
  const over = Promise.withResolvers<void>();
  const lines = createInterface({ input: process.stdin });
  let work = Promise.resolve();
  lines.on('line', (line) => {
    work = work.then(async () => {
      if (line.trim() === 'quit') over.resolve();
      else await carryOut(line.trim(), simulator.words, output);
    });
  });
  try {
    await orAbort(over.promise, signal).catch(() => undefined);
  } finally {
    lines.close();
    // An open terminal or pipe would keep the process.
    process.stdin.destroy();
  }
}

async function carryOut(line: string, words: SimulatorWords, output: Output): Promise<void> {
  const [name = ''] = line.split(/\s/, 1);
  if (name === '') return;
  if (name === 'help') return output.note(helpLines(words));
  const word = words[name];
  if (word === undefined) {
    output.note(`no such word: ${name} · ไม่มีคำสั่งนี้ (${Object.keys(words).join(', ')}, help, quit)`);
    return;
  }
  try {
    const said = await word.run(line.slice(name.length).trim());
    if (said !== null) output.note(said);
  } catch (error) {
    const { code, message } = asFault(error, 'INTERNAL', 'simulate');
    output.note(`${code}: ${message}`);
  }
}

function helpLines(words: SimulatorWords): string {
  const rows = Object.entries(words).map(([name, { usage, help }]) => {
    const left = `${name} ${usage}`.trim();
    return `  ${left.length > LEFT ? `${left}\n  ${' '.repeat(LEFT)}` : left.padEnd(LEFT)} ${help.en} · ${help.th}`;
  });
  return [...rows, `  ${'quit'.padEnd(LEFT)} end · เลิก`].join('\n');
}
