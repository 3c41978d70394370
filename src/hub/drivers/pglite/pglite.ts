import { fsyncSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { databaseError, type HubDatabase, type Sql } from '../../port.ts';
import { lockFolder } from './lock-folder.ts';

/** `--single -F …`: as shipped, PGlite never waits for the disk (`-F` is fsync off). */
const NO_FSYNC = '-F';

/**
 * PostgreSQL inside this process, in a folder that only one process may use at a time.
 *
 * Made durable: fsync on, and every fsync of the database carried out on the file. Its `fdatasync` is an empty function, so
 * the write-ahead log is told to use `fsync`.
 * @throws StationFault `HUB_DATABASE_BUSY` when another process has the folder
 */
export async function openPglite(folder: string): Promise<HubDatabase> {
  const lock = lockFolder(folder);
  try {
    const pglite = await PGlite.create({
      fs: new DurableNodeFs(folder),
      startParams: [
        ...PGlite.defaultStartParams.filter((parameter) => parameter !== NO_FSYNC),
        ...['-c', 'wal_sync_method=fsync'],
      ],
    });
    return databaseOf(pglite, folder, lock);
  } catch (error) {
    lock[Symbol.dispose]();
    throw error;
  }
}

function databaseOf(pglite: PGlite, folder: string, lock: Disposable): HubDatabase {
  return {
    name: `PGlite ${folder}`,
    async transaction(work) {
      let fault: unknown;
      try {
        return await pglite.transaction(async (transaction) => {
          const sql: Sql = {
            async query<Row>(text: string, parameters: readonly (string | number | boolean | null)[] = []) {
              try {
                return (await transaction.query<Row>(text, [...parameters])).rows;
              } catch (error) {
                throw databaseError(error);
              }
            },
          };
          try {
            return await work(sql);
          } catch (error) {
            fault = error;
            throw error;
          }
        });
      } catch (error) {
        throw fault ?? databaseError(error);
      }
    },
    async [Symbol.asyncDispose]() {
      await pglite.close();
      lock[Symbol.dispose]();
    },
  };
}

/** What emscripten's file system does with an fsync is nothing; this one hands it on. */
class DurableNodeFs extends NodeFS {
  override async init(...[pglite, options]: Parameters<NodeFS['init']>) {
    const made = await super.init(pglite, options);
    made.emscriptenOpts.preRun = [...(made.emscriptenOpts.preRun ?? []), withFsync];
    return made;
  }
}

function withFsync(module: unknown): void {
  const { NODEFS } = module as {
    readonly NODEFS: { readonly stream_ops: { fsync(stream: { readonly nfd?: number }): number } };
  };
  NODEFS.stream_ops.fsync = ({ nfd }) => {
    if (nfd !== undefined) fsyncSync(nfd);
    return 0;
  };
}
