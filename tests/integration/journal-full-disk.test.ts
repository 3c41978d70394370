import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { signAcknowledgement } from '../../src/contract/envelope/server-word.ts';
import { KeptJournal } from '../../src/journal/drivers/sqlite/kept-journal.ts';
import { fixedClock } from '../fixtures/clock.ts';
import { ingestSigner } from '../fixtures/contract/keys.ts';
import { acknowledgement, TEST_STATION, testKeys } from '../fixtures/journal.ts';
import { tempFolder } from '../fixtures/temp.ts';

/** A file system of its own, of 12 MB, where this machine lets us have one. */
function smallDisk() {
  const folder = tempFolder();
  const path = join(folder.path, 'disk');
  mkdirSync(path);
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', path]).status === 0;
  const dispose = () => {
    if (isMounted) execFileSync('umount', ['-l', path]);
    folder[Symbol.dispose]();
  };
  return { path, isMounted, [Symbol.dispose]: dispose };
}

const mayMount = (() => {
  using disk = smallDisk();
  return disk.isMounted;
})();
if (!mayMount) process.stderr.write('Skipped: a disk that is really full needs the right to mount a tmpfs.\n');

const entry = { type: 'th.thuengban.visit.abandoned.v1', data: { visitId: 'v', fault: null } };
const open = (dataDir: string) =>
  new KeptJournal({
    dataDir,
    station: TEST_STATION,
    clock: fixedClock(),
    keys: testKeys(),
    config: { maxBytes: 1_000_000_000, ballastBytes: 2_000_000 },
    onSetAside: (reason) => {
      throw new Error(reason);
    },
  });

async function fillUp(journal: KeptJournal): Promise<number> {
  for (let count = 0; ; count++)
    try {
      await journal.append(entry);
    } catch (error) {
      expect(error).toMatchObject({ code: 'DISK_FULL' });
      return count;
    }
}

test.skipIf(!mayMount)(
  'on a full disk ballast goes first, then new events are refused; the chain stays whole',
  async () => {
    using disk = smallDisk();
    const ballast = join(disk.path, 'journal.ballast');
    await using journal = open(disk.path);
    expect(existsSync(ballast)).toBe(true);
    const count = await fillUp(journal);
    expect(existsSync(ballast)).toBe(false);
    expect(count).toBeGreaterThan(500);
    expect(journal.verify()).toMatchObject({ whole: true, events: count + 1 });
    // What the server has makes room, and the ballast is made again.
    const ack = acknowledgement(journal.epoch, count + 1);
    journal.settle(ack, signAcknowledgement(ack, ingestSigner));
    while (journal.shred(new Date('2027-01-01'), 200) > 0);
    expect(journal.counts().unsettled).toBe(0);
    expect(await journal.append(entry)).toMatchObject({ seq: count + 2 });
    expect(journal.verify()).toMatchObject({ whole: true, events: count + 2 });
  },
);

test.skipIf(!mayMount)(
  'when something else fills the disk to the last byte, a visit under way is still kept',
  async () => {
    using disk = smallDisk();
    await using journal = open(disk.path);
    await journal.append(entry);
    const path = join(disk.path, 'other');
    const file = openSync(path, 'w');
    expect(() => {
      for (;;) writeSync(file, Buffer.alloc(4_096, 1));
    }).toThrow(/ENOSPC/);
    closeSync(file);
    expect(await journal.append(entry)).toMatchObject({ seq: 3 });
    expect(existsSync(join(disk.path, 'journal.ballast'))).toBe(false);
    rmSync(path);
    journal.keepBallast();
    expect(existsSync(join(disk.path, 'journal.ballast'))).toBe(true);
    expect(journal.verify()).toMatchObject({ whole: true, events: 3 });
  },
);
