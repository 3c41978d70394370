import { hostname } from 'node:os';
import { REFUSALS } from '../contract/refusals.ts';
import { SHARDS } from '../contract/topics.ts';
import { exportsAt, importExport } from '../hub/import-export.ts';
import { type IngestEvent, runIngest } from '../hub/ingest.ts';
import { KeyRegister } from '../hub/key-register.ts';
import { migrate } from '../hub/migrate.ts';
import { Months } from '../hub/months.ts';
import { openDatabase } from '../hub/open-database.ts';
import { DatabaseAway } from '../hub/port.ts';
import { acknowledgingSigner, isProgrammeKeyWith, programmeKeys } from '../hub/server-keys.ts';
import { parseShards } from '../hub/shards.ts';
import { runVault } from '../hub/vault.ts';
import { StationFault } from '../shared/fault.ts';
import { type Command, JSON_OPTION, type Output, usage } from './command.ts';
import { BROKER_OPTIONS, brokerOf } from './hub-broker.ts';
import { DATABASE_OPTION, DIR_OPTION, databaseOf, hubDirOf, VAULT_DIR_OPTION, vaultDirOf } from './hub-commands.ts';

export const hubIngestCommand: Command = {
  name: 'hub ingest',
  usage:
    'hub ingest [--broker URL] [--db URL|DIR] [--shards 0-63] [--dir DIR] [--ca FILE --cert FILE --key FILE] [--json]',
  options: {
    db: DATABASE_OPTION,
    shards: { type: 'string', value: 'LIST', help: 'Which of the 64 shards, e.g. 0-31 or 3,7 (default: 0-63)' },
    dir: DIR_OPTION,
    ...BROKER_OPTIONS,
    json: {
      type: 'boolean',
      help: 'Print one JSON object a line on standard output: ready, alarm, broker, database, batch',
    },
  },
  hasPositionals: false,
  async run(input, output) {
    const shards = parseShards(input.text('shards') ?? `0-${SHARDS - 1}`);
    if (!shards) throw usage(this, `--shards: expected numbers of 0-${SHARDS - 1} such as 0-31,40`);
    const dir = hubDirOf(input);
    const broker = brokerOf(this, input);
    if (isProgrammeKeyWith(dir))
      throw new StationFault(
        'HUB_KEYS',
        dir,
        "the programme's key lies with the ingest's; move it to the vault's folder",
      );
    await using database = await openDatabase(databaseOf(input));
    output.note(`Database: ${database.name}`);
    await runIngest(
      {
        broker,
        database,
        dir,
        shards,
        name: `srv.ingest.${hostname().slice(0, 40)}.${process.pid}`,
        nowMs: Date.now,
        random: Math.random,
        report: (event) => tell(event, new URL(broker.url).host, input.isJson, output),
      },
      input.signal,
    );
    return 0;
  },
};

export const hubVaultCommand: Command = {
  name: 'hub vault',
  usage: 'hub vault [--db URL|DIR] [--vault-dir DIR] [--once] [--json]',
  options: {
    db: DATABASE_OPTION,
    dir: DIR_OPTION,
    'vault-dir': VAULT_DIR_OPTION,
    once: { type: 'boolean', help: 'End when there is nothing left to open' },
    json: JSON_OPTION,
  },
  hasPositionals: false,
  async run(input, output) {
    const keys = programmeKeys(vaultDirOf(input));
    await using database = await openDatabase(databaseOf(input));
    let [opened, refused] = [0, 0];
    try {
      await migrate(database, 'vault');
      output.note(`Vault ready: ${database.name} · พร้อมเปิดข้อมูล`);
      await runVault(
        {
          database,
          keys,
          opener: `${hostname()} ${process.pid}`,
          nowMs: Date.now,
          report(counts) {
            opened += counts.opened;
            refused += counts.refused;
            output.note(`opened · เปิดแล้ว ${opened}, refused · เปิดไม่ได้ ${refused}`);
          },
        },
        input.flag('once'),
        input.signal,
      );
    } catch (cause) {
      if (!(cause instanceof DatabaseAway)) throw cause;
      throw new StationFault('HUB_DATABASE_AWAY', database.name, cause.message, { cause });
    }
    if (input.isJson) output.data(JSON.stringify({ opened, refused }));
    return refused === 0 ? 0 : 1;
  },
};

export const hubImportCommand: Command = {
  name: 'hub import',
  usage: 'hub import DIR… [--db URL|DIR] [--dir DIR] [--json]',
  options: { db: DATABASE_OPTION, dir: DIR_OPTION, json: JSON_OPTION },
  hasPositionals: true,
  async run(input, output) {
    const folders = input.positionals.flatMap((path) => foldersAt(path));
    if (folders.length === 0)
      throw usage(this, 'no export there: expected a folder with manifest.jws, or one that holds such folders');
    const dir = hubDirOf(input);
    const signer = acknowledgingSigner(dir);
    await using database = await openDatabase(databaseOf(input));
    const register = new KeyRegister(database, dir);
    const months = new Months(database);
    try {
      await migrate(database, 'hub');
      await register.refresh();
      const reports = [];
      for (const folder of folders) {
        const report = await importExport(folder, { database, register, months, signer, nowMs: Date.now });
        reports.push({ folder, ...report });
        if (input.isJson) continue;
        if ('kind' in report)
          output.data(
            `${folder}\tREFUSED · ไม่รับ: ${report.code} (${report.detail}): ${REFUSALS[report.code].en} · ${REFUSALS[report.code].th}`,
          );
        else
          output.data(
            `${folder}\t${report.station}\ttaken · รับใหม่ ${report.counts.events}, known · มีแล้ว ${report.counts.duplicates}, broken files · ไฟล์เสีย ${report.broken.length}, receipts · ใบรับ ${report.receipts}, answer · ใบตอบรับ ${report.answer ?? '-'}`,
          );
      }
      if (input.isJson) output.data(JSON.stringify(reports));
      return reports.every((report) => !('kind' in report) && report.broken.length === 0) ? 0 : 1;
    } catch (cause) {
      if (!(cause instanceof DatabaseAway)) throw cause;
      throw new StationFault('HUB_DATABASE_AWAY', database.name, cause.message, { cause });
    }
  },
};

function foldersAt(path: string): readonly string[] {
  try {
    return exportsAt(path);
  } catch (cause) {
    throw usage(hubImportCommand, `${path} cannot be read (${(cause as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
}

/** For people only what changes; for programs every batch too. */
function tell(event: IngestEvent, host: string, isJson: boolean, output: Output): void {
  if (isJson) output.data(JSON.stringify(event));
  else if (event.kind === 'ready')
    output.note(`Ingest ready: ${event.shards} shards at ${host}. Ctrl-C stops it. · พร้อมรับข้อมูล`);
  else if (event.kind === 'alarm') output.note(`ALARM · แจ้งเตือน: ${event.alarm}; see the table alarm`);
  else if (event.kind === 'database')
    output.note(
      event.isThere
        ? 'Database back · ติดต่อฐานข้อมูลได้แล้ว'
        : `Database away, nothing more is taken: ${event.detail} · ติดต่อฐานข้อมูลไม่ได้ หยุดรับชั่วคราว`,
    );
  else if (event.kind === 'broker' && !event.isThere)
    output.note(
      `Broker away (${event.shard === null ? 'speaker' : `shard ${event.shard}`}): ${event.detail} · กำลังต่อ broker ใหม่`,
    );
}
