import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Client } from 'pg';

import { startOnLeash } from './leash.ts';
import { childThatReports, kill } from './spec-support/child-that-reports.ts';
import { startByPgCtl } from './start-by-pg-ctl.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres, type Launch } from './start-embedded-postgres.ts';

describe('the embedded PostgreSQL', () => {
  let dataDir: string;
  let running: EmbeddedPostgres | undefined;

  const start = async (folder = dataDir, launch?: Launch): Promise<EmbeddedPostgres> => {
    running = await startEmbeddedPostgres({ dataDir: folder, durable: false, launch });
    return running;
  };

  // One folder for all: a first start costs more than all the rest.
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'airt-postgres-spec-'));
    await chmod(dataDir, 0o755);
  });

  afterEach(async () => {
    await running?.stop();
    running = undefined;
  });

  afterAll(async () => {
    await rm(dataDir, { recursive: true, force: true });
  });

  it('serves three roles with the rights they need and no more', async () => {
    const { urls } = await start();

    expect(await ask(urls.owner, 'SHOW server_encoding')).toEqual([{ server_encoding: 'UTF8' }]);
    expect(await ask(urls.owner, `SELECT lower('ÉCOLE') AS folded`)).toEqual([{ folded: 'école' }]);
    const roles = await ask(
      urls.superuser,
      `SELECT rolname, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname LIKE 'airt%' ORDER BY 1`,
    );
    const plain = { rolsuper: false, rolcreatedb: false, rolcreaterole: false, rolbypassrls: false };
    expect(roles).toEqual([
      { ...plain, rolname: 'airt_app' },
      { ...plain, rolname: 'airt_owner' },
      { ...plain, rolname: 'airt_relay', rolbypassrls: true },
    ]);
    await expect(ask(urls.app, 'CREATE SCHEMA intruder')).rejects.toThrow('permission denied');
    expect(await ask(urls.relay, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('keeps its data, its port and its passwords over a restart', async () => {
    const first = await start();
    await ask(first.urls.owner, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();

    const second = await start();

    expect(second.created).toBe(false);
    expect(second.urls).toEqual(first.urls);
    expect(await ask(second.urls.owner, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('gives each test a database of its own', async () => {
    const postgres = await start();
    const own = await postgres.createDatabase('airt_of_one_test');

    await ask(own.owner, 'CREATE TABLE mine (id int)');
    await expect(ask(postgres.urls.owner, 'SELECT * FROM mine')).rejects.toThrow('does not exist');
  });

  it('keeps its passwords in a file for the owner alone and accepts no other', async () => {
    const { urls } = await start();

    expect((await stat(join(dataDir, 'postgres', 'credentials.json'))).mode & 0o777).toBe(0o600);
    await expect(ask(urls.superuser.replace(/:[0-9a-f]{48}@/, ':guess@'), 'SELECT 1')).rejects.toThrow(
      'password authentication failed',
    );
  });

  describe.each([
    ['on a leash', 'leash', startOnLeash],
    ['by pg_ctl, as on Windows', 'pg_ctl', startByPgCtl],
  ])('started %s', (_how, by, launch) => {
    const table = `left_behind_${by}`;

    it('ends with its parent, even when that is killed, and starts again from what it left', async () => {
      const { child, report } = await childThatReports('run-postgres.cjs', dataDir, by);
      await ask(String(report['url']), `CREATE TABLE ${table} AS SELECT 42 AS answer`);

      await kill(child);
      await eventually(async () => !(await isListening(Number(report['port']))));

      const { urls } = await start(dataDir, launch);
      expect(await ask(urls.owner, `SELECT answer FROM ${table}`)).toEqual([{ answer: 42 }]);
    });

    it('starts at once after its parent was killed, whether or not the old server has gone', async () => {
      const { child } = await childThatReports('run-postgres.cjs', dataDir, by);
      await kill(child);

      const { urls } = await start(dataDir, launch);

      expect(await ask(urls.owner, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    });

    it('leaves no server when it is stopped, even with a client at work', async () => {
      const postgres = await start(dataDir, launch);
      const client = new Client({ connectionString: postgres.urls.owner });
      // The server says so before it closes the connection.
      client.on('error', () => undefined);
      await client.connect();

      await postgres.stop();
      running = undefined;

      expect(await isListening(postgres.port)).toBe(false);
      await client.end().catch(() => undefined);
    });

    it('says why it does not start', async () => {
      await (await start(dataDir, launch)).stop();
      running = undefined;
      const taken = createServer().listen(0, '127.0.0.1');
      await once(taken, 'listening');
      const { port } = taken.address() as AddressInfo;
      try {
        const failure = await startEmbeddedPostgres({ dataDir, durable: false, launch, port }).catch(
          (error: unknown) => error,
        );
        expect(failure).toMatchObject({
          message: `The embedded PostgreSQL did not start on port ${port}.`,
          cause: { message: expect.stringContaining('could not bind') as string },
        });
      } finally {
        taken.close();
      }
    });
  });

  it('refuses a second server on the same files', async () => {
    const { child, report } = await childThatReports('run-postgres.cjs', dataDir);
    try {
      await expect(start()).rejects.toThrow(`in use by process ${String(child.pid)}`);
      expect(await ask(String(report['url']), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    } finally {
      await kill(child);
    }
  });

  it('clears the pid file of a dead server whose number another process has now', async () => {
    const first = await start();
    await first.stop();
    const { cluster } = JSON.parse(await readFile(join(dataDir, 'postgres', 'credentials.json'), 'utf8')) as {
      cluster: string;
    };
    await writeFile(join(cluster, 'postmaster.pid'), `${process.pid}\n${cluster}\n0\n5432\n\n127.0.0.1\n\n`);

    const { urls } = await start();

    expect(await ask(urls.owner, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('starts under a home that only its owner may enter', async () => {
    const home = join(dataDir, 'home');
    await mkdir(home, { mode: 0o700 });

    const first = await start(home);
    expect(first.created).toBe(true);
    await ask(first.urls.owner, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();

    const { urls } = await start(home);
    expect(await ask(urls.owner, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    const { cluster } = JSON.parse(await readFile(join(home, 'postgres', 'credentials.json'), 'utf8')) as {
      cluster: string;
    };
    if (process.getuid?.() === 0) {
      expect(cluster.startsWith(home)).toBe(false);
      await running?.stop();
      running = undefined;
      await rm(join(cluster, '..'), { recursive: true });
    } else {
      expect(cluster).toBe(join(home, 'postgres', 'cluster'));
    }
  });

  it('refuses production', async () => {
    const before = process.env['NODE_ENV'];
    process.env['NODE_ENV'] = 'production';
    try {
      await expect(start()).rejects.toThrow('NODE_ENV=production');
    } finally {
      process.env['NODE_ENV'] = before;
    }
  });
});

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return rows;
  } finally {
    await client.end();
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}

async function eventually(fact: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await fact())) {
    if (Date.now() > deadline) throw new Error('It did not come true within 15 s.');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
