import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import type { EntityManager } from 'typeorm';
import { Database, isDatabaseTrouble, openDataSource } from '#platform';
import { testStack } from './support/test-stack.ts';

describe('a connection that is lost in the middle of a transaction', () => {
  let database: Database;
  let superuser: Client;

  beforeAll(async () => {
    const { app, relay, superuser: all } = testStack().databaseUrls;
    database = new Database(await openDataSource(app, [], 2), await openDataSource(relay, [], 1));
    superuser = new Client({ connectionString: all });
    await superuser.connect();
  });

  afterAll(async () => {
    await database.onApplicationShutdown();
    await superuser.end();
  });

  const loseConnection = async (tx: Pick<EntityManager, 'query'>): Promise<void> => {
    const [own] = await tx.query<{ pid: number }[]>('select pg_backend_pid() as pid');
    await superuser.query('select pg_terminate_backend($1)', [own?.pid]);
    // Until the driver has heard of it.
    await pause(200);
    await tx.query('select 1');
  };
  const organization = randomUUID();

  it.each([
    ['that writes', () => database.transaction(organization, loseConnection)],
    ['that reads', () => database.read(organization, loseConnection)],
    [
      'of a report',
      () =>
        database.snapshot(organization, (snapshot) =>
          loseConnection({ query: (sql: string) => snapshot.query(sql, []) } as never),
        ),
    ],
    ['of the background', () => database.background(loseConnection)],
  ])('is trouble of the database, not of ours: one %s', async (_, run) => {
    const error = await run().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(Error);
    expect(isDatabaseTrouble(error)).toBe(true);
  });

  it('is not made of an error of the work itself', async () => {
    const work = database.read(organization, () => Promise.reject(new TypeError('undefined is not a function')));
    const error = await work.catch((thrown: unknown) => thrown);
    expect(isDatabaseTrouble(error)).toBe(false);
    const wrong: unknown = await database
      .read(organization, (tx) => tx.query('select nonsense'))
      .catch((thrown: unknown) => thrown);
    expect(isDatabaseTrouble(wrong)).toBe(false);
  });
});
