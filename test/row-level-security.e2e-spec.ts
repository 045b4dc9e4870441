import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { sharedOrganization, type SharedService } from './support/shared-service.ts';

const campaign = join(__dirname, '../apps/quickstart/demo/campaign.ndjson');
const tenantTables = [
  'projects.project',
  'findings.import_run',
  'findings.assessment',
  'findings.assessment_import',
  'findings.attack_run',
  'findings.trial',
];

describe('the second wall: row-level security', () => {
  let service: SharedService;
  let app: Client;
  let relay: Client;
  let organizationId: string;

  beforeAll(async () => {
    service = await sharedOrganization();
    await service.api.post(`${service.api.airt}/projects`, { slug: 'demo', name: 'Demo' });
    await service.api.post(service.api.project('demo', '/imports'), new Uint8Array(await readFile(campaign)));
    app = new Client({ connectionString: service.databaseUrls.app });
    relay = new Client({ connectionString: service.databaseUrls.relay });
    const owner = new Client({ connectionString: service.databaseUrls.owner });
    await Promise.all([app.connect(), relay.connect(), owner.connect()]);
    const { rows } = await owner.query<{ id: string }>('select id from projects.organization where slug = $1', [
      service.api.org,
    ]);
    organizationId = rows[0]?.id ?? '';
    await owner.end();
  });
  afterAll(async () => {
    await Promise.all([app.end(), relay.end()]);
  });

  const count = async (client: Client, table: string, organization: string): Promise<number> => {
    await client.query('begin');
    await client.query(`select set_config('app.organization_id', $1, true)`, [organization]);
    const { rows } = await client.query<{ count: number }>(`select count(*)::int as count from ${table}`);
    await client.query('rollback');
    return rows[0]?.count ?? -1;
  };

  it.each(tenantTables)(
    'shows no row of %s to a query that forgot whose it is, or asks as somebody else',
    async (table) => {
      expect(await count(app, table, organizationId)).toBeGreaterThan(0);
      expect(await count(app, table, '')).toBe(0);
      expect(await count(app, table, '00000000-0000-4000-8000-000000000000')).toBe(0);
    },
  );

  it('stands before every table that holds rows of an organization, and before those of names', async () => {
    const owner = new Client({ connectionString: service.databaseUrls.owner });
    await owner.connect();
    const { rows } = await owner.query<{ name: string; rls: boolean; policies: string[]; open: boolean }>(
      `select c.oid::regclass::text as name, c.relrowsecurity as rls,
              array(select p.polname::text from pg_policy p where p.polrelid = c.oid
                    and 'airt_app'::regrole = any (p.polroles)
                    and pg_get_expr(p.polqual, p.polrelid) like '%current_organization()%') as policies,
              exists (select from pg_policy p where p.polrelid = c.oid
                      and (0 = any (p.polroles) or 'airt_app'::regrole = any (p.polroles))
                      and pg_get_expr(p.polqual, p.polrelid) not like '%current_organization()%') as open
       from pg_class c
       join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and n.nspname in ('projects', 'findings', 'builds', 'events', 'storage', 'templates', 'audit')
          or c.relkind in ('r', 'p')
         and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id')
       order by 1`,
    );
    await owner.end();
    const walls = rows.map(({ name, rls, policies, open }) => ({ name, walled: rls && policies.length > 0 && !open }));
    expect(walls.filter(({ walled }) => !walled)).toEqual([]);
    expect(walls.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        ...tenantTables,
        'projects.organization',
        'projects.api_key',
        'projects.member',
        'audit.entry',
      ]),
    );
  });

  it('refuses a row that is written into another organization', async () => {
    await app.query('begin');
    await app.query(`select set_config('app.organization_id', '00000000-0000-4000-8000-000000000000', true)`);
    await expect(
      app.query('update findings.attack_run set organization_id = $1', [organizationId]),
    ).resolves.toMatchObject({
      rowCount: 0,
    });
    await expect(
      app.query(
        `insert into findings.import_run (id, organization_id, project_id, status)
         select gen_random_uuid(), $1, gen_random_uuid(), 'receiving'`,
        [organizationId],
      ),
    ).rejects.toMatchObject({ code: '42501' });
    await app.query('rollback');
  });

  it('lets background work see builds and events, but no finding', async () => {
    await expect(relay.query('select count(*) from builds.report_build')).resolves.toBeDefined();
    await expect(relay.query('select count(*) from findings.attack_run')).rejects.toMatchObject({ code: '42501' });
    await expect(relay.query('select count(*) from findings.trial')).rejects.toMatchObject({ code: '42501' });
  });

  it('gives neither role a way to change the tables themselves', async () => {
    for (const client of [app, relay]) {
      await expect(client.query('alter table findings.attack_run disable row level security')).rejects.toMatchObject({
        code: '42501',
      });
    }
  });
});
