import { IdentityProvider } from '#testing';
import { type ApiAnswer, TestApi } from './support/api.ts';
import type { Envelope } from './support/project.ts';
import { rowsOf } from './support/rows.ts';
import { type ServiceUnderTest, startService } from './support/service.ts';

interface Key {
  readonly id: string;
  readonly key: string;
  readonly prefix: string;
  readonly status: string;
  readonly workspace: string | null;
  readonly created_by: string | null;
}
interface Member {
  readonly id: string;
  readonly subject: string;
  readonly role: string;
}
interface Me {
  readonly kind: string;
  readonly id: string;
  readonly subject: string | null;
  readonly scopes: readonly string[];
  readonly expires_at: string | null;
  readonly organizations: readonly {
    readonly slug: string;
    readonly role: string | null;
    readonly workspaces: readonly { readonly slug: string; readonly role: string | null }[];
  }[];
}

describe('who may do what', () => {
  let service: ServiceUnderTest;
  let provider: IdentityProvider;
  let api: TestApi;
  const org = '/api/v1/org/demo';

  beforeAll(async () => {
    provider = await IdentityProvider.start();
    service = await startService({
      env: { OIDC_ISSUER: provider.issuer, OIDC_AUDIENCE: 'airt', OIDC_JWKS_URL: provider.jwksUrl, APP_ROLE: 'api' },
    });
    api = service.api;
  });
  afterAll(async () => {
    await service.stop();
    await provider.stop();
  });

  const makeKey = async (request: Readonly<Record<string, unknown>>): Promise<Key> => {
    const { status, body } = await api.post<Key>(`${org}/keys`, { name: 'test', ...request });
    expect(status).toBe(201);
    return body;
  };
  const as = (key: string) => ({ key });
  const put = <T = Member>(path: string, body: unknown, key = api.key): Promise<ApiAnswer<T>> =>
    api.send<T>('PUT', path, { body, key });
  const remove = (path: string, key = api.key) => api.send<Envelope>('DELETE', path, { key });
  const project = async (slug: string, key: string) => api.post(`${api.airt}/projects`, { slug, name: slug }, as(key));

  describe('keys', () => {
    it('are shown once, and what is kept tells nobody the key', async () => {
      const made = await makeKey({ scopes: ['read'], name: 'reader' });
      expect(made.key).toMatch(/^airt_[0-9A-Za-z]{38}$/);
      expect(made.key.startsWith(made.prefix)).toBe(true);
      const { body } = await api.get<Record<string, unknown>>(`${org}/keys/${made.id}`);
      expect(body).toMatchObject({ name: 'reader', scopes: ['read'], status: 'active', workspace: null });
      expect(JSON.stringify(body)).not.toContain(made.key);
      expect(JSON.stringify((await api.get(`${org}/keys`)).body)).not.toContain(made.key);
      const rows = await rowsOf(service, 'select row_to_json(k)::text as row from projects.api_key k where id = $1', [
        made.id,
      ]);
      expect(JSON.stringify(rows)).not.toContain(made.key.slice(9));
      expect(service.logs()).not.toContain(made.key);
    });

    it('do what their scopes say and no more', async () => {
      const reader = await makeKey({ scopes: ['read'] });
      const writer = await makeKey({ scopes: ['write'] });
      expect((await api.get(`${api.airt}/projects`, as(reader.key))).status).toBe(200);
      const refused = await api.post<Envelope>(`${api.airt}/projects`, { slug: 'x', name: 'x' }, as(reader.key));
      expect(refused.body).toEqual({
        code: 403,
        type: 'forbidden_error',
        detail: 'The API key lacks the scope "write" for this workspace.',
      });
      expect((await project('by-writer', writer.key)).status).toBe(201);
      expect((await api.get(`${api.airt}/projects`, as(writer.key))).status).toBe(403);
    });

    it('end when they are revoked, at once and for good', async () => {
      const key = await makeKey({ scopes: ['read'] });
      const revoke = () => api.post<Key>(`${org}/keys/${key.id}/revoke`);
      const first = await revoke();
      expect(first.body.status).toBe('revoked');
      expect((await revoke()).body).toEqual(first.body);
      const answer = await api.get<Envelope>(`${api.airt}/projects`, as(key.key));
      expect(answer.body).toMatchObject({ code: 401, type: 'authentication_error' });
    });

    it('end when their time is over, and say so', async () => {
      const key = await makeKey({ scopes: ['read'], expires_at: new Date(Date.now() + 60_000).toISOString() });
      expect((await api.get<Me>('/api/v1/me', as(key.key))).body.expires_at).not.toBeNull();
      await rowsOf(service, `update projects.api_key set expires_at = now() - interval '1 second' where id = $1`, [
        key.id,
      ]);
      const answer = await api.get<Envelope>(`${api.airt}/projects`, as(key.key));
      expect(answer.body).toMatchObject({ code: 401, type: 'expired_token_error' });
      expect((await api.get<Key>(`${org}/keys/${key.id}`)).body.status).toBe('expired');
    });

    it('of one workspace see no other, and never act for the organization', async () => {
      expect((await api.post(`${org}/ws`, { slug: 'blue-team', name: 'Blue' })).status).toBe(201);
      const bound = await makeKey({ scopes: ['admin'], workspace: 'blue-team' });
      expect(bound.workspace).toBe('blue-team');
      expect((await api.get(`${org}/ws/blue-team/airt/projects`, as(bound.key))).status).toBe(200);
      expect((await api.get(`${org}/ws/red-team/airt/projects`, as(bound.key))).status).toBe(404);
      const { body } = await api.get<{ workspaces: { slug: string }[]; total: number }>(`${org}/ws`, as(bound.key));
      expect(body.workspaces.map(({ slug }) => slug)).toEqual(['blue-team']);
      expect(body.total).toBe(1);
      const more = await api.post(`${org}/keys`, { name: 'more', scopes: ['read'] }, as(bound.key));
      expect(more.status).toBe(403);
    });

    it.each([
      [{ scopes: [] }, 'scopes'],
      [{ scopes: ['root'] }, 'scopes'],
      [{ scopes: ['read', 'read'] }, 'scopes'],
      [{ scopes: ['read'], workspace: 'nowhere' }, 'workspace'],
      [{ scopes: ['read'], expires_at: '2020-01-01T00:00:00Z' }, 'expires_at'],
      [{ scopes: ['read'], expires_at: 'tomorrow' }, 'expires_at'],
      [{ scopes: ['read'], name: '' }, 'name'],
    ])('are not made of %j', async (request, field) => {
      const { status, body } = await api.post<Envelope>(`${org}/keys`, { name: 'test', ...request });
      expect(status).toBe(400);
      expect(body.errors?.[0]?.loc.slice(0, 2)).toEqual(['body', field]);
    });
  });

  describe('people', () => {
    const token = (subject: string) => provider.token({ sub: subject });

    it('are nobody here until they are members, and then see what their roles say', async () => {
      const ada = await token('auth0|ada');
      expect((await api.get<Me>('/api/v1/me', as(ada))).body).toMatchObject({ kind: 'user', organizations: [] });
      expect((await api.get(org, as(ada))).status).toBe(404);

      const path = encodeURIComponent('auth0|ada');
      const added = await put(`${org}/members/${path}`, { role: 'member', name: 'Ada', email: 'ada@example.com' });
      expect(added.body).toMatchObject({ subject: 'auth0|ada', role: 'member', name: 'Ada' });
      expect((await api.get(org, as(ada))).status).toBe(200);
      expect((await api.get(`${api.airt}/projects`, as(ada))).status).toBe(404);
      expect((await api.get<{ total: number }>(`${org}/ws`, as(ada))).body.total).toBe(0);

      const role = async (name: string) => put(`${org}/ws/red-team/members/${path}`, { role: name });
      expect((await role('viewer')).status).toBe(200);
      expect((await api.get(`${api.airt}/projects`, as(ada))).status).toBe(200);
      expect((await project('by-viewer', ada)).status).toBe(403);
      await role('editor');
      expect((await project('by-editor', ada)).status).toBe(201);
      expect((await api.get(`${org}/ws/red-team/members`, as(ada))).status).toBe(403);
      await role('owner');
      expect((await api.get(`${org}/ws/red-team/members`, as(ada))).status).toBe(200);
      expect((await api.get(`${org}/keys`, as(ada))).status).toBe(403);

      const { body: me } = await api.get<Me>('/api/v1/me', as(ada));
      expect(me).toMatchObject({ id: added.body.id, subject: 'auth0|ada', scopes: [] });
      expect(me.organizations).toMatchObject([
        { slug: 'demo', role: 'member', workspaces: [{ slug: 'red-team', role: 'owner' }] },
      ]);

      expect((await put(`${org}/members/${path}`, { role: 'owner' })).status).toBe(200);
      const key = await api.post<Key>(`${org}/keys`, { name: 'ada’s', scopes: ['read'] }, as(ada));
      expect(key.body.created_by).toBe(added.body.id);
    });

    it('lose everything with their membership', async () => {
      await put(`${org}/members/bob`, { role: 'member' });
      await put(`${org}/ws/red-team/members/bob`, { role: 'owner' });
      const bob = await token('bob');
      expect((await api.get(`${api.airt}/projects`, as(bob))).status).toBe(200);
      expect((await remove(`${org}/members/bob`)).status).toBe(204);
      expect((await api.get(`${api.airt}/projects`, as(bob))).status).toBe(404);
      expect((await remove(`${org}/members/bob`)).status).toBe(404);
    });

    it('are answered with 401 when their token is bad, and told when it has expired', async () => {
      const expired = await provider.token({ sub: 'auth0|ada', exp: Math.floor(Date.now() / 1000) - 60 });
      expect((await api.get<Envelope>(org, as(expired))).body.type).toBe('expired_token_error');
      const foreign = await provider.token({ sub: 'auth0|ada', aud: 'billing' });
      expect((await api.get<Envelope>(org, as(foreign))).body.type).toBe('authentication_error');
    });

    it('of the workspace must be members of the organization first', async () => {
      const { status, body } = await put<Envelope>(`${org}/ws/red-team/members/stranger`, { role: 'viewer' });
      expect([status, body.type]).toEqual([409, 'conflict_error']);
    });

    it('never leave an organization or a workspace without its last owner', async () => {
      const made = await createOrganization('owned', 'first');
      const below = '/api/v1/org/owned';
      const last = await remove(`${below}/members/first`, made.first_key.key);
      expect([last.status, last.body.type]).toEqual([409, 'conflict_error']);
      const demoted = await put<Envelope>(`${below}/members/first`, { role: 'member' }, made.first_key.key);
      expect(demoted.status).toBe(409);
      await put(`${below}/members/second`, { role: 'owner' }, made.first_key.key);
      // Both at once: one of them stays.
      const both = await Promise.all([
        remove(`${below}/members/first`, made.first_key.key),
        remove(`${below}/members/second`, made.first_key.key),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual([204, 409]);

      await api.post(`${below}/ws`, { slug: 'w', name: 'W' }, as(made.first_key.key));
      await put(`${below}/members/third`, { role: 'member' }, made.first_key.key);
      await put(`${below}/ws/w/members/third`, { role: 'owner' }, made.first_key.key);
      expect((await remove(`${below}/ws/w/members/third`, made.first_key.key)).status).toBe(409);
    });
  });

  const operatorKey = async (): Promise<string> => {
    const [operator] = await rowsOf<{ id: string }>(service, 'select id from projects.api_key where operator');
    const made = await makeKey({ scopes: ['admin'], name: 'becomes an operator’s' });
    if (operator) await rowsOf(service, 'delete from projects.api_key where operator');
    await rowsOf(service, `update projects.api_key set operator = true, organization_id = null where id = $1`, [
      made.id,
    ]);
    return made.key;
  };
  const createOrganization = async (slug: string, owner?: string) => {
    const { status, body } = await api.post<{ id: string; first_key: Key }>(
      '/api/v1/orgs',
      { slug, name: slug, ...(owner !== undefined && { owner }) },
      as(await operatorKey()),
    );
    expect(status).toBe(201);
    return body;
  };

  describe('organizations', () => {
    it('are made by operators, who see into none', async () => {
      const operator = await operatorKey();
      const made = await api.post<{ first_key: Key }>('/api/v1/orgs', { slug: 'acme', name: 'Acme' }, as(operator));
      expect(made.status).toBe(201);
      const again = await api.post<Envelope>('/api/v1/orgs', { slug: 'acme', name: 'Acme' }, as(operator));
      expect([again.status, again.body.type]).toEqual([409, 'already_exists_error']);
      expect((await api.get('/api/v1/org/acme', as(operator))).status).toBe(404);
      expect((await api.get('/api/v1/org/demo/keys', as(operator))).status).toBe(404);

      const { key } = made.body.first_key;
      expect((await api.get('/api/v1/org/acme', as(key))).body).toMatchObject({ slug: 'acme', name: 'Acme' });
      expect((await api.post('/api/v1/org/acme/ws', { slug: 'w', name: 'W' }, as(key))).status).toBe(201);
      expect((await api.get('/api/v1/org/demo', as(key))).status).toBe(404);
      expect((await api.get('/api/v1/org/acme')).status).toBe(404);
    });

    it('are not made by anybody else', async () => {
      const refused = await api.post<Envelope>('/api/v1/orgs', { slug: 'mine', name: 'Mine' });
      expect([refused.status, refused.body.type]).toEqual([403, 'forbidden_error']);
    });

    it('and workspaces and projects are renamed, never their slugs', async () => {
      const patch = (path: string, body: unknown) => api.send<{ slug: string; name: string }>('PATCH', path, { body });
      expect((await patch(org, { name: 'Demo Inc.' })).body).toMatchObject({ slug: 'demo', name: 'Demo Inc.' });
      expect((await patch(`${org}/ws/red-team`, { name: 'Reds' })).body).toMatchObject({
        slug: 'red-team',
        name: 'Reds',
      });
      expect((await patch(org, { slug: 'other' })).status).toBe(400);
      await project('named', api.key);
      const described = await patch(api.project('named'), { description: 'About it' });
      expect(described.body).toMatchObject({ name: 'named', description: 'About it' });
      expect((await patch(api.project('named'), { description: null })).body).toMatchObject({ description: null });
      expect((await patch(api.project('named'), {})).status).toBe(200);
      expect((await patch(api.project('named'), { name: null })).status).toBe(400);
      expect((await api.get(api.project('named'))).body).toMatchObject({
        slug: 'named',
        name: 'named',
        description: null,
      });
    });
  });

  it('lists in pages', async () => {
    for (const slug of ['page-1', 'page-2', 'page-3']) await project(slug, api.key);
    const { body } = await api.get<Record<string, unknown> & { projects: { slug: string }[] }>(
      `${api.airt}/projects?page=2&limit=2`,
    );
    const { projects, ...paging } = body;
    const total = Number(paging['total']);
    expect(projects).toHaveLength(2);
    expect(paging).toEqual({
      page: 2,
      limit: 2,
      total,
      total_pages: Math.ceil(total / 2),
      has_next: total > 4,
      has_previous: true,
    });
    expect((await api.get(`${api.airt}/projects?limit=101`)).status).toBe(400);
  });

  it('writes to the audit log who changed keys and members', async () => {
    const rows = await rowsOf<{ action: string; actor_kind: string }>(
      service,
      `select distinct action, actor_kind from audit.entry where resource_type in ('key', 'member', 'organization')`,
    );
    expect(rows).toEqual(
      expect.arrayContaining([
        { action: 'key.created', actor_kind: 'api_key' },
        { action: 'key.created', actor_kind: 'user' },
        { action: 'key.revoked', actor_kind: 'api_key' },
        { action: 'member.added', actor_kind: 'api_key' },
        { action: 'member.updated', actor_kind: 'api_key' },
        { action: 'member.removed', actor_kind: 'api_key' },
        { action: 'organization.created', actor_kind: 'api_key' },
      ]),
    );
  });
});
