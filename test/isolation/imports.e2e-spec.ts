import { randomUUID } from 'node:crypto';
import { readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';

import { airtFile, spreadRuns } from '../support/airt-file.ts';
import { eventually } from '../support/eventually.ts';
import { type Envelope, TestProject } from '../support/project.ts';
import { rowsOf } from '../support/rows.ts';
import { type ServiceUnderTest, startService } from '../support/service.ts';

describe('imports that are slow, many or given up', () => {
  let service: ServiceUnderTest;
  let project: TestProject;
  let locks: Client;

  beforeAll(async () => {
    service = await startService({ env: { IMPORT_STATEMENT_SECONDS: '2', IMPORTS_PER_ORGANIZATION: '2' } });
    project = await TestProject.make(service.api, 'slow');
    locks = new Client(service.databaseUrls.owner);
    await locks.connect();
  });
  afterAll(async () => {
    await locks.end();
    await service.stop();
  });

  const statusOf = async (id: string): Promise<string | undefined> =>
    (await rowsOf<{ status: string }>(service, 'select status from findings.import_run where id = $1', [id]))[0]
      ?.status;
  const runs = async (): Promise<number> =>
    (await rowsOf<{ n: number }>(service, 'select count(*)::int as n from findings.attack_run'))[0]?.n ?? -1;

  /** An upload whose second half comes when it is told to. */
  function halfSent(id: string, file: string): { answer: ReturnType<TestProject['import']>; finish: () => void } {
    let finish = (): void => undefined;
    const body = new ReadableStream({
      start: (controller) => {
        const bytes = new TextEncoder().encode(file);
        controller.enqueue(bytes.subarray(0, 50));
        finish = () => {
          controller.enqueue(bytes.subarray(50));
          controller.close();
        };
      },
    });
    const answer = service.api.send<never>('POST', project.path(`/imports?import_id=${id}`), { body });
    return { answer, finish };
  }

  it('says of a step that takes too long that it did, and not that the database is away', async () => {
    const [slow] = await rowsOf<{ id: string }>(service, `select id from projects.project where slug = 'slow'`);
    await locks.query('select pg_advisory_lock(hashtextextended($1, 0))', [slow?.id]);

    const { status, body } = await project.import<Envelope>(airtFile({ id: 'one' }, spreadRuns(3)));
    await locks.query('select pg_advisory_unlock_all()');

    expect({ status, type: body.type }).toEqual({ status: 504, type: 'import_timeout_error' });
    expect(await runs()).toBe(0);
  });

  it('takes no more of an organization than it may have, and leaves ended what was ended meanwhile', async () => {
    const ids = [randomUUID(), randomUUID()];
    const halves = ids.map((id, n) => halfSent(id, airtFile({ id: `half-${n}` }, spreadRuns(3))));
    for (const id of ids)
      await eventually(
        () => statusOf(id),
        (status) => status === 'receiving',
      );

    const third = await project.import<Envelope>(airtFile({ id: 'third' }, spreadRuns(3)));
    expect({ status: third.status, type: third.body.type }).toEqual({ status: 429, type: 'rate_limit_error' });
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);

    // As the sweep does it with an upload that is silent.
    await rowsOf(service, `update findings.import_run set status = 'failed', completed_at = now() where id = $1`, [
      ids[0],
    ]);
    for (const { finish } of halves) finish();
    const statuses = await Promise.all(halves.map(async ({ answer }) => (await answer).status));
    expect(statuses).toEqual([409, 201]);
    expect(await statusOf(ids[0] ?? '')).toBe('failed');
    expect(await runs()).toBe(3);
  });

  it('leave no upload behind when their process died, and lose none that is still read', async () => {
    const spool = join(service.dataDir, 'spool');
    const [dead, underWay, fresh] = [randomUUID(), randomUUID(), randomUUID()];
    for (const name of [dead, underWay, fresh]) await writeFile(join(spool, name), 'what a client told us');
    const longAgo = new Date(Date.now() - 3_600_000);
    for (const name of [dead, underWay]) await utimes(join(spool, name), longAgo, longAgo);
    await rowsOf(
      service,
      `insert into findings.import_run (id, organization_id, project_id, status, options, options_hash)
       select $1, organization_id, id, 'reading', '{}', 'none' from projects.project where slug = 'slow'`,
      [underWay],
    );

    await service.restart();
    const left = await eventually(
      async () => (await readdir(spool)).sort(),
      (names) => !names.includes(dead),
    );
    expect(left).toEqual([underWay, fresh].sort());
  });
});
