/**
 * A machine whose watchdog card is no longer fed, twice: once because the program hangs, once because the kernel is dead.
 * Each reset starts this script anew; what the journal holds tells it how far it has come.
 */
import { openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { loadModule, tell } from './report.ts';
import { entry, openJournal } from './station-data.ts';

const RECORDS_PER_LIFE = 20;
/** Two stages of this many seconds each pass until the card resets. */
const HEARTBEAT_S = 2;

loadModule('i6300esb', `heartbeat=${HEARTBEAT_S}`);
const journal = openJournal();
const report = journal.verify();
const bootStatus = Number(readFileSync('/sys/class/watchdog/watchdog0/bootstatus', 'utf8'));
tell('opened', { ...report, bootStatus });

const life = Math.ceil(report.events / RECORDS_PER_LIFE);
if (life < 2) {
  const watchdog = openSync('/dev/watchdog0', 'w');
  for (let n = 0; n < RECORDS_PER_LIFE; n++) {
    const { seq } = await journal.append(entry(n));
    writeSync(watchdog, '1');
    tell('appended', { seq });
  }
  tell('hanging', { how: life === 0 ? 'program' : 'kernel' });
  if (life === 1) writeFileSync('/proc/sysrq-trigger', 'c');
  for (;;);
}
