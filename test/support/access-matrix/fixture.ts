import { randomUUID } from 'node:crypto';

import type { IdentityProvider } from '#testing';

import { airtFile, spreadRuns } from '../airt-file.ts';
import { TestApi } from '../api.ts';
import { eventually } from '../eventually.ts';
import { makeOperator } from '../make-organization.ts';
import { rowsOf } from '../rows.ts';
import type { ServiceUnderTest } from '../service.ts';
import { freshFor } from './fresh.ts';

/** Stands in every text of the other organization: an answer that holds it told somebody else's secret. */
export const MARKER = 'Zq7marker';

export interface Place {
  readonly org: string;
  readonly workspace: string;
  readonly project: string;
}

export interface Caller {
  readonly name: string;
  /** Null: no `Authorization` at all. */
  readonly token: string | null;
  /** Undefined: whose token is worth nothing. */
  readonly may?: {
    readonly org: string | null;
    /** Scopes of the organization. */
    readonly organization: readonly string[];
    /** Scopes of a workspace by its slug; `*` for all of them. */
    readonly workspaces: Readonly<Record<string, readonly string[]>>;
    readonly operator?: boolean;
  };
}

export interface Fixture {
  readonly own: Place;
  readonly sibling: Place;
  readonly otherWorkspace: Place;
  readonly otherOrganization: Place;
  readonly callers: readonly Caller[];
  /** Value of a path parameter for an object of the place, null where there is none. */
  objectOf(place: Place, parameter: string): Promise<string | null>;
  /** Path values of a row made for one deletion of the own project. */
  freshFor(route: string): Promise<Readonly<Record<string, string>>>;
  /** A hash of each table's rows of the other organization. */
  rowsOfOther(): Promise<Readonly<Record<string, string>>>;
}

const all = ['read', 'write', 'build', 'admin'];

/** Two organizations full of data, and everybody who may or may not come to the first. */
export async function makeFixture(
  service: ServiceUnderTest,
  provider: IdentityProvider,
  hook: string,
): Promise<Fixture> {
  const { api } = service;
  const operator = await makeOperator(service);
  const rival = await made<{ first_key: { key: string } }>(
    api.post('/api/v1/orgs', { slug: 'rival', name: `Rival ${MARKER}` }, { key: operator }),
  );
  const rivalApi = new TestApi(() => service.baseUrl, 'rival', 'vault', rival.first_key.key);
  await made(rivalApi.post('/api/v1/org/rival/ws', { slug: 'vault', name: `Vault ${MARKER}` }));
  await made(api.post('/api/v1/org/demo/ws', { slug: 'blue-team', name: 'Blue team' }));
  const blueApi = new TestApi(() => service.baseUrl, 'demo', 'blue-team', api.key);

  // Before the builds: each of them is then delivered.
  for (const each of [api, rivalApi]) await made(each.post(`/api/v1/org/${each.org}/webhooks`, { url: hook }));
  await fill(api, 'one', 'own');
  await fill(api, 'two', 'sibling');
  await fill(blueApi, 'three', 'blue');
  await fill(rivalApi, 'one', MARKER);
  await settled(service);

  const callers = await makeCallers(service, provider, operator, rivalApi);
  const organizations = await rowsOf<{ slug: string; id: string }>(
    service,
    'select slug, id from projects.organization',
  );
  const idOf = (slug: string): string => organizations.find((row) => row.slug === slug)?.id ?? '';
  return {
    own: { org: 'demo', workspace: 'red-team', project: 'one' },
    sibling: { org: 'demo', workspace: 'red-team', project: 'two' },
    otherWorkspace: { org: 'demo', workspace: 'blue-team', project: 'three' },
    otherOrganization: { org: 'rival', workspace: 'vault', project: 'one' },
    callers,
    objectOf: (place, parameter) => objectOf(service, place, parameter),
    freshFor: (route) => freshFor(service, 'one', route),
    rowsOfOther: () => hashes(service, idOf('rival')),
  };
}

async function fill(api: TestApi, project: string, text: string): Promise<void> {
  const below = (path: string): string => api.project(project, path);
  await made(api.post(`${api.airt}/projects`, { slug: project, name: `P ${text}`, description: text }));
  const runs = spreadRuns(4).map((run) => ({ ...run, goal: `Goal ${text}`, prompt: `Prompt ${text}` }));
  await made(api.post(below('/imports'), airtFile({ id: `Assessment ${text}` }, runs)));
  const preset = { sections: ['risk_score_metrics', 'findings'] };
  await made(api.post(below('/templates'), { name: `Template ${text}`, preset }));
  await made(api.post(below('/reports/build'), { preset }));
  const org = `/api/v1/org/${api.org}`;
  await made(api.send('PUT', `${org}/members/guest`, { body: { role: 'member', name: `Guest ${text}` } }));
  await made(api.send('PUT', `${org}/ws/${api.workspace}/members/guest`, { body: { role: 'viewer' } }));
  await made(api.post(`${org}/keys`, { name: `Spare ${text}`, scopes: ['read'], workspace: api.workspace }));
}

async function made<T>(answer: Promise<{ status: number; body: unknown }>): Promise<T> {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`The fixture is not made: ${status} ${JSON.stringify(body)}`);
  return body as T;
}

/** Until no build is under way: from then on rows change by requests alone. */
async function settled(service: ServiceUnderTest): Promise<void> {
  const open = `select (select count(*) from builds.report_build where status in ('queued', 'in_progress'))::int
    + (select count(*) from events.outbox where sent_at is null or (type like 'report.%.v1' and published_at is null
        and type not in ('report.build_queued.v1', 'report.artifacts_discarded.v1')))::int
    + (select count(*) from events.delivery where next_attempt_at is not null)::int as count`;
  await eventually(
    async () => (await rowsOf<{ count: number }>(service, open))[0]?.count,
    (count) => count === 0,
    90_000,
  );
}

async function makeCallers(
  service: ServiceUnderTest,
  provider: IdentityProvider,
  operator: string,
  rivalApi: TestApi,
): Promise<readonly Caller[]> {
  const { api } = service;
  const org = '/api/v1/org/demo';
  const key = (scopes: readonly string[], workspace?: string) =>
    made<{ id: string; key: string }>(
      api.post(`${org}/keys`, { name: 'caller', scopes, ...(workspace !== undefined && { workspace }) }),
    );
  const revoked = await key(all);
  await made(api.post(`${org}/keys/${revoked.id}/revoke`));
  const expired = await key(all);
  await rowsOf(service, `update projects.api_key set expires_at = now() - interval '1 second' where id = $1`, [
    expired.id,
  ]);

  const keyed = await Promise.all(
    all.map(async (scope) => {
      const held = scope === 'admin' ? all : [scope];
      const { key: token } = await key([scope]);
      return { name: `key: ${scope}`, token, may: { org: 'demo', organization: held, workspaces: { '*': held } } };
    }),
  );
  const bound = async (slug: string): Promise<Caller> => ({
    name: `key of ${slug}`,
    token: (await key(['admin'], slug)).key,
    may: { org: 'demo', organization: ['read'], workspaces: { [slug]: all } },
  });
  const person = async (subject: string, role: string, workspaceRole?: string): Promise<string> => {
    await made(api.send('PUT', `${org}/members/${subject}`, { body: { role } }));
    const path = `${org}/ws/red-team/members/${subject}`;
    if (workspaceRole !== undefined) await made(api.send('PUT', path, { body: { role: workspaceRole } }));
    return provider.token({ sub: subject, exp: Math.floor(Date.now() / 1000) + 3_600 });
  };
  const inWorkspace = async (role: string, held: readonly string[]): Promise<Caller> => ({
    name: `workspace ${role}`,
    token: await person(`ws-${role}`, 'member', role),
    may: { org: 'demo', organization: ['read'], workspaces: { 'red-team': held } },
  });
  return [
    { name: 'nobody', token: null },
    { name: 'mistyped key', token: `${api.key.slice(0, -1)}_` },
    { name: 'revoked key', token: revoked.key },
    { name: 'expired key', token: expired.key },
    { name: 'token of another issuer', token: await provider.token({ sub: 'ws-owner', iss: 'https://else.invalid' }) },
    ...keyed,
    await bound('red-team'),
    await bound('blue-team'),
    {
      name: 'key of the other organization',
      token: rivalApi.key,
      may: { org: 'rival', organization: all, workspaces: { '*': all } },
    },
    { name: 'operator', token: operator, may: { org: null, organization: [], workspaces: {}, operator: true } },
    await inWorkspace('viewer', ['read']),
    await inWorkspace('editor', ['read', 'write', 'build']),
    await inWorkspace('owner', all),
    {
      name: 'member without a workspace',
      token: await person('loner', 'member'),
      may: { org: 'demo', organization: ['read'], workspaces: {} },
    },
    {
      name: 'organization owner',
      token: await person('boss', 'owner'),
      may: { org: 'demo', organization: all, workspaces: { '*': all } },
    },
    {
      name: 'stranger with a good token',
      token: await provider.token({ sub: 'stranger', exp: Math.floor(Date.now() / 1000) + 3_600 }),
      may: { org: null, organization: [], workspaces: {} },
    },
  ];
}

const tableOf: Readonly<Record<string, string>> = {
  job_id: 'builds.report_build',
  finding_id: 'findings.attack_run',
  import_id: 'findings.import_run',
  key_id: 'projects.api_key',
  template_id: 'templates.report_template',
};

/** By the table that the parameter is named after: a new kind of object is found without a word here. */
async function objectOf(service: ServiceUnderTest, place: Place, parameter: string): Promise<string | null> {
  if (parameter === 'subject') return 'guest';
  const name = tableOf[parameter]?.split('.')[1] ?? parameter.replace(/_id$/, '');
  const tables = await rowsOf<{ schema: string; table: string; by_project: boolean }>(
    service,
    `select c.table_schema as schema, c.table_name as table, bool_or(c.column_name = 'project_id') as by_project
     from information_schema.columns c
     where c.table_schema not in ('pg_catalog', 'information_schema', 'public')
       and (c.table_name = $1 or c.table_name like '%\\_' || $1)
     group by 1, 2 having bool_or(c.column_name = 'organization_id') and bool_or(c.column_name = 'id')`,
    [name],
  );
  for (const { schema, table, by_project } of tables) {
    const [row] = await rowsOf<{ id: string }>(
      service,
      `select t.id from ${schema}.${table} t join projects.organization o on o.id = t.organization_id
       ${by_project ? 'join projects.project p on p.id = t.project_id and p.slug = $2' : ''}
       where o.slug = $1 and ($2 <> '') ${table === 'api_key' ? `and t.name like 'Spare%'` : ''} limit 1`,
      [place.org, place.project],
    );
    if (row) return row.id;
  }
  return null;
}

export const absent = (): string => randomUUID();

async function hashes(service: ServiceUnderTest, organizationId: string): Promise<Readonly<Record<string, string>>> {
  const tables = await rowsOf<{ name: string }>(
    service,
    `select c.oid::regclass::text as name from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relkind in ('r', 'p') and a.attname = 'organization_id' order by 1`,
  );
  const found = await Promise.all(
    tables.map(async ({ name }) => {
      const [row] = await rowsOf<{ hash: string }>(
        service,
        `select coalesce(md5(string_agg(t::text, '' order by t::text)), '') as hash from ${name} t where organization_id = $1`,
        [organizationId],
      );
      return [name, row?.hash ?? ''] as const;
    }),
  );
  return Object.fromEntries(found);
}
