import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { AsyncQueue } from '../../src/shared/async-queue.ts';

/** One JSON line that the guest told. */
export interface Told {
  readonly event: string;
  readonly [fact: string]: unknown;
}

export interface GuestOptions {
  /** Name of a script in `tests/vm/guest/`, without its ending. */
  readonly script: string;
  /** Image of the ext4 data disk, mounted at `/data`; `null` = none. */
  readonly disk: string | null;
  /** Fits a watchdog card (Intel 6300ESB) that resets the machine; without it a crash ends the guest. */
  readonly hasWatchdog: boolean;
}

const HOME = fileURLToPath(new URL('../..', import.meta.url));
const MEMORY_MB = 1024;
const DISK_BYTES = 256 * 1024 * 1024;
const CONSOLE_LINES_SHOWN = 30;
/** From plugging in to the last word. On two idle cores a scenario takes a tenth of it; the rest is for busy machines. */
const LIFE_LIMIT_MS = 280_000;
/** The least processor that the native packages run on is x86-64-v2; more costs time where every instruction is emulated. */
const PROCESSOR = { tcg: 'Nehalem', kvm: 'max' } as const;

/** A whole machine with Debian's kernel whose root is the host's, so that it runs this very checkout. One at a time. */
export class Guest implements AsyncDisposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'thuengban-vm-'));
  readonly #lines = new AsyncQueue<Told>();
  readonly #child: ChildProcess;
  readonly #gone = Promise.withResolvers<void>();

  constructor(options: GuestOptions) {
    const startMs = performance.now();
    writeFileSync(join(this.#folder, 'job'), jobOf(options.script));
    // Its input stays open: a port whose other end has hung up takes nothing.
    this.#child = spawn('qemu-system-x86_64', this.#machine(options), { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child.once('close', () => this.#gone.resolve());
    this.#child.once('error', (error) => this.#lines.fail(error));
    let complaints = '';
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      complaints += chunk;
    });
    const input = this.#child.stdout;
    if (input === null) throw new Error('qemu has no standard output');
    const reader = createInterface(input);
    // What was cut off in the middle of a line was not told.
    reader.on('line', (line) => {
      if (process.env['THUENGBAN_VM_VERBOSE'])
        process.stderr.write(`${(performance.now() - startMs).toFixed()} ms ${line}\n`);
      if (line.endsWith('}')) this.#lines.push(JSON.parse(line) as Told);
    });
    // Its last words on standard error come with the end of the process, which is later.
    reader.once('close', () => this.#gone.promise.then(() => this.#lines.fail(this.failure(complaints))));
  }

  /** Everything that it tells, as it comes. Throws when it is gone or takes too long: whoever has enough breaks off. */
  async *told(): AsyncGenerator<Told, void, undefined> {
    yield* this.#lines.read(AbortSignal.timeout(LIFE_LIMIT_MS));
    throw this.failure(`not done within ${LIFE_LIMIT_MS} ms`);
  }

  /** Pulls the plug: what the guest had not brought to its disk is lost. Returns what it could still tell. */
  async cutPower(): Promise<readonly Told[]> {
    this.#child.kill('SIGKILL');
    await this.#gone.promise;
    const rest: Told[] = [];
    try {
      for await (const told of this.#lines) rest.push(told);
    } catch {
      // That it is gone is what was wanted.
    }
    return rest;
  }

  /** An error with the last lines of the guest's console, where the kernel and a script's own complaints are. */
  failure(why: string): Error {
    let said = '';
    try {
      said = readFileSync(this.#console, 'utf8').split('\n').slice(-CONSOLE_LINES_SHOWN).join('\n');
    } catch {
      // It did not come as far as to say anything.
    }
    return new Error(`${why || 'the guest is gone'}\n${said}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.pid !== undefined) await this.cutPower();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #machine({ disk, hasWatchdog }: GuestOptions): readonly string[] {
    const { kernel, initrd, accelerator } = lane();
    const job = join(this.#folder, 'job');
    if (/\s/.test(job)) throw new Error(`the folder for temporary files may hold no space: ${job}`);
    const port = ['-device', 'virtio-serial-pci', '-device', 'virtserialport,chardev=report,name=report'];
    return [
      ...['-nodefaults', '-no-user-config', '-display', 'none', '-machine', 'q35', '-smp', '2', '-m', `${MEMORY_MB}`],
      ...['-accel', accelerator, '-cpu', PROCESSOR[accelerator]],
      ...['-kernel', kernel, '-initrd', initrd],
      ...['-append', `console=ttyS0 loglevel=4 mitigations=off panic=${hasWatchdog ? 0 : -1} thuengban.job=${job}`],
      ...['-serial', `file:${this.#console}`, '-chardev', 'stdio,id=report,signal=off', ...port],
      ...['-virtfs', 'local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap'],
      // What is lost by the cut is what the guest holds; what it wrote through is safe with the host.
      ...(disk === null ? [] : ['-drive', `file=${disk},format=raw,if=virtio,cache=writethrough`]),
      ...(hasWatchdog ? ['-device', 'i6300esb', '-action', 'watchdog=reset'] : ['-no-reboot']),
    ];
  }

  get #console(): string {
    return join(this.#folder, 'console.log');
  }
}

/** Runs a script to its end. @returns what it told @throws when it fails or takes too long */
export async function runInGuest(script: string): Promise<readonly Told[]> {
  await using guest = new Guest({ script, disk: null, hasWatchdog: false });
  const all: Told[] = [];
  for await (const told of guest.told()) {
    all.push(told);
    if (told.event !== 'ended') continue;
    if (told['code'] === 0) break;
    throw guest.failure(`${script} failed in the guest after ${JSON.stringify(all.at(-2))}`);
  }
  return all;
}

/** An empty ext4 disk. */
export function makeDisk(path: string): string {
  writeFileSync(path, '');
  truncateSync(path, DISK_BYTES);
  execFileSync('mke2fs', ['-q', '-t', 'ext4', '-F', path], { stdio: ['ignore', 'ignore', 'inherit'] });
  return path;
}

/** What `scripts/test-vm` has made ready. */
function lane() {
  const folder = process.env['THUENGBAN_VM'];
  const accelerator = process.env['THUENGBAN_VM_ACCEL'];
  if (folder === undefined || (accelerator !== 'kvm' && accelerator !== 'tcg'))
    throw new Error('nothing is ready for a guest: run `npm run test:vm`');
  return { kernel: join(folder, 'vmlinux'), initrd: join(folder, 'initrd'), accelerator } as const;
}

function jobOf(script: string): string {
  const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const words = [process.execPath, join(HOME, 'tests', 'vm', 'guest', `${script}.ts`)];
  return `cd ${quote(HOME)} && exec ${words.map(quote).join(' ')}\n`;
}
