import { afterAll, describe } from 'vitest';
import { openDatabase } from '../../src/hub/open-database.ts';
import { OwnPostgres, postgresMissing } from '../fixtures/hub/postgres.ts';
import { tempFolder } from '../fixtures/temp.ts';
import { describeHubDatabase } from './hub-database.contract.ts';

const folder = tempFolder();
afterAll(() => folder[Symbol.dispose]());
describeHubDatabase('PGlite', () => openDatabase(`${folder.path}/pglite`));

describe.skipIf(postgresMissing)('PostgreSQL', () => {
  let server: OwnPostgres | undefined;
  afterAll(() => server?.[Symbol.asyncDispose]());
  describeHubDatabase('PostgreSQL', async () => {
    server = await OwnPostgres.start();
    return openDatabase(await server.database());
  });
});
