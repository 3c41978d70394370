/** Says what it finds on the data disk, then writes to it until the power is cut. What was told was on the disk before. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { loadSettings, saveSettings } from '../../../src/config/load-settings.ts';
import { tell } from './report.ts';
import { DATA, entry, openJournal } from './station-data.ts';

/** The control: a file that nobody brings to the disk. Unless the cut costs it records, the cut proves nothing. */
const CONTROL = `${DATA}/control.log`;

const journal = openJournal();
const { settings, fallback } = loadSettings(DATA);
const isThere = existsSync(`${DATA}/settings.json`);
const control = existsSync(CONTROL) ? readFileSync(CONTROL, 'utf8').split('\n').slice(0, -1) : [];
tell('found', {
  journal: journal.verify(),
  settings: isThere ? settings.journal.warnFreeBytes : 0,
  isFallback: fallback !== null,
  control: control.length,
});

for (;;) {
  const next = journal.counts().events + 1;
  appendFileSync(CONTROL, `${next}\n`);
  const { seq } = await journal.append(entry(next));
  tell('appended', { seq });
  // Any setting that holds a number will do.
  saveSettings(DATA, { journal: { warnFreeBytes: seq } });
  tell('saved', { seq });
}
