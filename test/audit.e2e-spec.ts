import { Client } from 'pg';

import type { ApiAnswer } from './support/api.ts';
import { airtFile, spreadRuns } from './support/airt-file.ts';
import { TestProject } from './support/project.ts';
import { rowsOf } from './support/rows.ts';
import { sharedOrganization, type SharedService } from './support/shared-service.ts';

interface EntryRow {
  readonly action: string;
  readonly resource_type: string;
  readonly resource_id: string | null;
  readonly project_id: string | null;
  readonly actor_kind: string;
  readonly actor_id: string | null;
  readonly request_id: string | null;
  readonly address: string | null;
  readonly details: Record<string, unknown>;
}

let service: SharedService;
let organizationId: string;
let project: TestProject;

beforeAll(async () => {
  service = await sharedOrganization();
  const [organization] = await rowsOf<{ id: string }>(service, 'select id from projects.organization where slug = $1', [
    service.api.org,
  ]);
  organizationId = organization?.id ?? '';
  project = await TestProject.make(service.api);
});

const entriesOf = (resourceId: string): Promise<EntryRow[]> =>
  rowsOf<EntryRow & Record<string, unknown>>(
    service,
    'select *, host(address) as address from audit.entry where resource_id = $1 order by at',
    [resourceId],
  );

describe('the audit log', () => {
  it('holds who asked for a build and each time its report was handed out', async () => {
    const file = airtFile({ id: 'a', name: 'A' }, spreadRuns(10));
    const imported = await project.import(file);
    expect(imported.status).toBe(201);
    const repeated = await project.import(file);
    expect(repeated.status).toBe(200);
    const answer = await service.api.post<{ job_id: string }>(
      project.path('/reports/build'),
      { preset: { sections: ['findings'] } },
      { headers: { 'X-Request-Id': 'asked-for-it', 'Idempotency-Key': 'once' } },
    );
    const again = await service.api.post<{ job_id: string }>(
      project.path('/reports/build'),
      { preset: { sections: ['findings'] } },
      { headers: { 'Idempotency-Key': 'once' } },
    );
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    const buildId = answer.body.job_id;
    await project.ended(buildId);
    const viewed = (await entriesOf(buildId)).length - 1;
    await project.readBuild(buildId);
    await fetch(`${service.baseUrl}${project.path(`/reports/build/${buildId}`)}`, {
      method: 'HEAD',
      headers: { Authorization: `Bearer ${service.api.key}` },
    });
    await project.readBuild(buildId);

    const [key] = await rowsOf<{ id: string }>(service, 'select id from projects.api_key where organization_id = $1', [
      organizationId,
    ]);
    const entries = await entriesOf(buildId);
    expect(entries.map(({ action }) => action)).toEqual([
      'build.requested',
      ...Array.from({ length: viewed + 2 }, () => 'build.viewed'),
    ]);
    expect(entries[0]).toMatchObject({
      resource_type: 'build',
      actor_kind: 'api_key',
      actor_id: key?.id,
      request_id: 'asked-for-it',
      address: '127.0.0.1',
    });
    expect((await entriesOf(imported.body.id)).map(({ action, details }) => ({ action, details }))).toEqual([
      { action: 'import.created', details: { rows: expect.any(Number) as number } },
    ]);
  });
});

interface AuditList {
  readonly entries: readonly (Omit<EntryRow, 'actor_kind' | 'actor_id'> & {
    readonly id: string;
    readonly at: string;
    readonly actor: { readonly kind: string; readonly id: string | null; readonly name: string | null };
  })[];
  readonly next_cursor: string | null;
}

describe('its list', () => {
  const list = (query = ''): Promise<ApiAnswer<AuditList>> =>
    service.api.get<AuditList>(`/api/v1/org/${service.api.org}/audit${query}`);

  it('gives every entry once, newest first, a page at a time', async () => {
    for (let n = 0; n < 7; n += 1) await TestProject.make(service.api);
    const pages: AuditList[] = [];
    for (let cursor: string | null = ''; cursor !== null; cursor = pages.at(-1)?.next_cursor ?? null) {
      const page = await list(`?limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`);
      expect(page.status).toBe(200);
      pages.push(page.body);
    }

    const ids = pages.flatMap(({ entries }) => entries.map(({ id }) => id));
    const rows = await rowsOf<{ id: string }>(
      service,
      'select id from audit.entry where organization_id = $1 order by at desc, id desc',
      [organizationId],
    );
    expect(ids).toEqual(rows.map(({ id }) => id));
    expect(pages.length).toBeGreaterThan(3);
  });

  it('is narrowed by action, thing, actor and time', async () => {
    const [projectId] = (
      await rowsOf<{ id: string }>(
        service,
        'select id from projects.project where organization_id = $1 order by created_at',
        [organizationId],
      )
    ).map(({ id }) => id);
    const byAction = await list('?action=project.created,import.created&limit=200');
    expect(new Set(byAction.body.entries.map(({ action }) => action))).toEqual(
      new Set(['project.created', 'import.created']),
    );
    const byThing = await list(`?resource_type=project&resource_id=${projectId ?? ''}`);
    expect(byThing.body.entries).toHaveLength(1);
    const actor = byThing.body.entries[0]?.actor;
    expect(actor?.kind).toBe('api_key');
    expect((await list(`?actor_id=${actor?.id ?? ''}&limit=200`)).body.entries.length).toBeGreaterThan(8);
    expect((await list('?actor_id=00000000-0000-4000-8000-000000000000')).body.entries).toEqual([]);
    expect((await list('?to=2020-01-01T00:00:00Z')).body.entries).toEqual([]);
    expect((await list('?from=2020-01-01T00:00:00Z&limit=1')).body.entries).toHaveLength(1);
  });

  it.each([
    '?action=build.imagined',
    '?cursor=abc',
    '?limit=0',
    '?limit=201',
    '?from=soon',
    '?from=2026-01-01',
    '?x=1',
  ])('with %s is refused', async (query) => {
    expect(await list(query)).toMatchObject({ status: 400, body: { type: 'invalid_error' } });
  });

  const scope = (scopes: readonly string[]): Promise<unknown> =>
    rowsOf(service, 'update projects.api_key set scopes = $1 where organization_id = $2', [scopes, organizationId]);

  it("is the owners': a key without admin is told so, and nobody else finds it", async () => {
    await scope(['read', 'write', 'build']);
    try {
      expect((await list()).status).toBe(403);
    } finally {
      await scope(['read', 'write', 'build', 'admin']);
    }
    expect((await service.api.get('/api/v1/org/nobody/audit')).status).toBe(404);
  });
});

describe('the database', () => {
  it('lets nobody who serves requests change or remove an entry, or see that of another organization', async () => {
    const app = new Client({ connectionString: service.databaseUrls.app });
    const relay = new Client({ connectionString: service.databaseUrls.relay });
    await Promise.all([app.connect(), relay.connect()]);
    try {
      await app.query(`select set_config('app.organization_id', $1, false)`, [organizationId]);
      const { rows } = await app.query<{ count: number }>('select count(*)::int as count from audit.entry');
      expect(rows[0]?.count).toBeGreaterThan(0);
      await expect(app.query(`update audit.entry set action = 'x'`)).rejects.toThrow('permission denied');
      await expect(app.query('delete from audit.entry')).rejects.toThrow('permission denied');
      await app.query(`select set_config('app.organization_id', '00000000-0000-4000-8000-000000000000', false)`);
      expect((await app.query('select from audit.entry')).rowCount).toBe(0);
      // Retention is the relay's, and nothing is past it that is younger than 30 days.
      await expect(relay.query('delete from audit.entry')).rejects.toThrow('append only');
      await expect(relay.query(`update audit.entry set action = 'x'`)).rejects.toThrow('permission denied');
    } finally {
      await Promise.all([app.end(), relay.end()]);
    }
  });
});
