import { createHash, randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';

import fc from 'fast-check';

import { airtFile, spreadRuns } from './support/airt-file.ts';
import { type ApiAnswer, type ApiOptions, TestApi } from './support/api.ts';
import { eventually } from './support/eventually.ts';
import { type Envelope, TestProject, usualSections } from './support/project.ts';
import { rowsOf } from './support/rows.ts';
import { startService, type ServiceUnderTest } from './support/service.ts';

let service: ServiceUnderTest;
let other: ServiceUnderTest;
let project: TestProject;
let buildId: string;
let importId: string;

beforeAll(async () => {
  service = await startService({ env: { S3_URL_TTL_SECONDS: '4' } });
  // A second tenant of the same installation, with a key of its own.
  other = await startService({
    beside: { ...service, env: {} },
    env: { BOOTSTRAP_ORG: 'rival', BOOTSTRAP_WORKSPACE: 'red-team', APP_ROLE: 'api' },
  });
  project = await TestProject.make(service.api);
  importId = (await project.import(airtFile({ id: 'a', name: 'A' }, spreadRuns(10)))).body.id;
  buildId = (await project.build()).body.job_id;
  await project.ended(buildId);
});

afterAll(async () => {
  await other.stop();
  await service.stop();
});

const echoLimit = 200;

/** The canonical envelope of that status, and nothing beyond it. */
function expectEnvelope(answer: ApiAnswer<unknown>, status: number, type: string): Envelope {
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status, body: { code: status, type } });
  const envelope = answer.body as Envelope;
  expect(Object.keys(envelope).filter((key) => !['code', 'detail', 'type', 'errors'].includes(key))).toEqual([]);
  expect(envelope.detail.length).toBeLessThanOrEqual(echoLimit);
  for (const { loc, msg, type: problem } of envelope.errors ?? []) {
    expect(msg.length).toBeLessThanOrEqual(echoLimit);
    expect(problem).toMatch(/^[a-z][a-z0-9_]*$/);
    for (const part of loc) expect(String(part).length).toBeLessThanOrEqual(echoLimit);
  }
  expect(answer.headers.get('content-type')).toContain('application/json');
  return envelope;
}

const build = (body: unknown, options: ApiOptions = {}): Promise<ApiAnswer<unknown>> =>
  service.api.post(project.path('/reports/build'), body, options);
const preflight = (body: unknown, options: ApiOptions = {}): Promise<ApiAnswer<unknown>> =>
  service.api.post(project.path('/reports/preflight'), body, options);
const json = { 'Content-Type': 'application/json' };
const preset = (fields: object): object => ({ preset: { sections: ['findings'], ...fields } });

/** `depth` objects or arrays, one in the other. */
const nested = (depth: number, open: string, close: string): string => open.repeat(depth) + '0' + close.repeat(depth);

describe('a request for a report', () => {
  it.each<[string, object, (string | number)[]]>([
    ['an unknown field beside the preset', { ...preset({}), extra: 1 }, ['body', 'extra']],
    ['an unknown field in the preset', preset({ colour: 'red' }), ['body', 'preset', 'colour']],
    [
      'an unknown field in the filters',
      preset({ filters: { severities: [] } }),
      ['body', 'preset', 'filters', 'severities'],
    ],
    ['an unknown field in the branding', preset({ branding: { logo: 'x' } }), ['body', 'preset', 'branding', 'logo']],
    ['an unknown field in the style', preset({ style: { size: 1 } }), ['body', 'preset', 'style', 'size']],
    ['sections that are no list', { preset: { sections: 'findings' } }, ['body', 'preset', 'sections']],
    ['no sections', { preset: {} }, ['body', 'preset', 'sections']],
    ['an empty list of sections', { preset: { sections: [] } }, ['body', 'preset', 'sections']],
    ['an unknown section', { preset: { sections: ['finding'] } }, ['body', 'preset', 'sections']],
    ['a section twice', { preset: { sections: ['findings', 'findings'] } }, ['body', 'preset', 'sections']],
    [
      'a thousand sections',
      { preset: { sections: Array.from({ length: 1000 }, () => 'findings') } },
      ['body', 'preset', 'sections'],
    ],
    ['sections of numbers', { preset: { sections: [1] } }, ['body', 'preset', 'sections']],
    ['sections of null', { preset: { sections: [null] } }, ['body', 'preset', 'sections']],
    ['a preset that is a text', { preset: 'findings' }, ['body', 'preset']],
    ['a preset that is a list', { preset: [] }, ['body', 'preset']],
    ['another format', preset({ format: 'docx' }), ['body', 'preset', 'format']],
    ['a logo', preset({ branding: { logo_oid: 'org/rival/logo.png' } }), ['body', 'preset', 'branding', 'logo_oid']],
    [
      'a logo that climbs',
      preset({ branding: { logo_oid: '../../etc/passwd\0' } }),
      ['body', 'preset', 'branding', 'logo_oid'],
    ],
    [
      'a title that is too long',
      preset({ branding: { report_title: 'x'.repeat(201) } }),
      ['body', 'preset', 'branding', 'report_title'],
    ],
    [
      'a title of half a megabyte',
      preset({ branding: { report_title: 'x'.repeat(500_000) } }),
      ['body', 'preset', 'branding', 'report_title'],
    ],
    [
      'a title with NUL',
      preset({ branding: { report_title: 'a\0b' } }),
      ['body', 'preset', 'branding', 'report_title'],
    ],
    [
      'a title with half a surrogate pair',
      preset({ branding: { report_title: '\ud800' } }),
      ['body', 'preset', 'branding', 'report_title'],
    ],
    [
      'a title with line breaks',
      preset({ branding: { report_title: 'a\r\nb' } }),
      ['body', 'preset', 'branding', 'report_title'],
    ],
    [
      'a title that is an object',
      preset({ branding: { report_title: {} } }),
      ['body', 'preset', 'branding', 'report_title'],
    ],
    ['a font that is a file', preset({ style: { font: '/etc/fonts/x.ttf' } }), ['body', 'preset', 'style', 'font']],
    ['a body size of 5', preset({ style: { font_size: 5 } }), ['body', 'preset', 'style', 'font_size']],
    ['a body size of 1e300', preset({ style: { font_size: 1e300 } }), ['body', 'preset', 'style', 'font_size']],
    ['a body size in words', preset({ style: { font_size: '11' } }), ['body', 'preset', 'style', 'font_size']],
    ['an unknown framework', preset({ compliance_frameworks: ['owasp'] }), ['body', 'preset', 'compliance_frameworks']],
    ['a flag in words', preset({ include_adversarial: 'true' }), ['body', 'preset', 'include_adversarial']],
    ['an unknown severity', preset({ filters: { severity: ['severe'] } }), ['body', 'preset', 'filters', 'severity']],
    [
      'an unknown finding type',
      preset({ filters: { finding_type: ['x'] } }),
      ['body', 'preset', 'filters', 'finding_type'],
    ],
    ['a score above 1', preset({ filters: { min_score: 1.01 } }), ['body', 'preset', 'filters', 'min_score']],
    ['a score in words', preset({ filters: { min_score: '0.5' } }), ['body', 'preset', 'filters', 'min_score']],
    [
      'an assessment id that is none',
      preset({ filters: { assessment_ids: ['a'] } }),
      ['body', 'preset', 'filters', 'assessment_ids'],
    ],
    [
      'an attack name with NUL',
      preset({ filters: { attack_name: ['a\0'] } }),
      ['body', 'preset', 'filters', 'attack_name'],
    ],
    [
      '101 attack names',
      preset({ filters: { attack_name: Array.from({ length: 101 }, String) } }),
      ['body', 'preset', 'filters', 'attack_name'],
    ],
    [
      'a category of 301 characters',
      preset({ filters: { category: ['x'.repeat(301)] } }),
      ['body', 'preset', 'filters', 'category'],
    ],
    ['filters that are a list', preset({ filters: [] }), ['body', 'preset', 'filters']],
    [
      'inverted dates',
      preset({ filters: { started_after: '2026-03-01T00:00:00Z', started_before: '2026-02-01T00:00:00Z' } }),
      ['body', 'preset', 'filters', 'started_after'],
    ],
    ...[
      'yesterday',
      '2026-02-30T00:00:00Z',
      '2026-W15',
      '2026-W15-2T00:00:00Z',
      '2026-105',
      '2026-04-15T12:00:00,5Z',
      '+012026-04-15T12:00:00Z',
      '-0001-01-01T00:00:00Z',
      '0000-01-01T00:00:00Z',
      '2026-04-15T12:00:00+25:00',
      '2026-04-15T12:00:00+23:59',
      '12026-04-15',
      'infinity',
      'now',
      '',
    ].map((date): [string, object, string[]] => [
      `the date ${JSON.stringify(date)}`,
      preset({ filters: { started_after: date } }),
      ['body', 'preset', 'filters', 'started_after'],
    ]),
    ['an unknown evidence level', preset({ evidence: 'some' }), ['body', 'preset', 'evidence']],
    ['neither preset nor template', {}, ['body']],
    ['null for both', { preset: null, template_id: null }, ['body']],
    ['both preset and template', { ...preset({}), template_id: randomUUID() }, ['body']],
    ['a template id that is none', { template_id: 'weekly' }, ['body', 'template_id']],
    ['a template id that is a list', { template_id: [randomUUID()] }, ['body', 'template_id']],
  ])('with %s is refused, by build and by preflight, with the place of the fault', async (_what, body, loc) => {
    for (const answer of [await build(body), await preflight(body)]) {
      const { errors } = expectEnvelope(answer, 400, 'invalid_error');
      expect(errors?.map((problem) => problem.loc.slice(0, loc.length))).toContainEqual(loc);
    }
  });

  it.each([
    '2026-04-15',
    '2026-04-15T12:00:00Z',
    '2026-04-15T12:00:00.123+02:00',
    '2026-04-15T12:00Z',
    '2026-04-15T12:00:00',
  ])('with the date %s is understood', async (date) => {
    const { status } = await preflight(preset({ filters: { started_after: date, started_before: date } }));
    expect(status).toBe(200);
  });

  it.each([
    ['an unknown template', 404, { template_id: randomUUID() }],
    ['a null for everything that may be null', 202, preset({ branding: null, filters: null })],
  ])('with %s answers %i', async (_what, status, body) => {
    expect((await build(body)).status).toBe(status);
  });

  it.each<[string, string, Record<string, string>, number, string]>([
    ['broken JSON', '{"preset":', json, 400, 'invalid_error'],
    ['no JSON at all', 'sections=findings', json, 400, 'invalid_error'],
    ['a JSON text', '"findings"', json, 400, 'invalid_error'],
    ['a JSON number', '1', json, 400, 'invalid_error'],
    ['null', 'null', json, 400, 'invalid_error'],
    ['a list', '[]', json, 400, 'invalid_error'],
    ['a BOM alone', '\ufeff', json, 400, 'invalid_error'],
    ['an empty body', '', json, 400, 'invalid_error'],
    ['objects nested 50,000 deep', `{"preset":${nested(50_000, '{"a":', '}')}}`, json, 400, 'invalid_error'],
    ['lists nested 100,000 deep', `{"preset":{"sections":${nested(100_000, '[', ']')}}}`, json, 400, 'invalid_error'],
    [
      '50,000 unknown fields',
      `{${Array.from({ length: 50_000 }, (_, n) => `"f${n}":0`).join(',')}}`,
      json,
      400,
      'invalid_error',
    ],
    ['an unknown field with a long name', `{"${'x'.repeat(100_000)}":1}`, json, 400, 'invalid_error'],
    ['two megabytes', `{"preset":"${'x'.repeat(2_000_000)}"}`, json, 413, 'payload_too_large_error'],
    [
      'a form',
      'preset=1',
      { 'Content-Type': 'application/x-www-form-urlencoded' },
      415,
      'unsupported_media_type_error',
    ],
    ['XML', '<preset/>', { 'Content-Type': 'application/xml' }, 415, 'unsupported_media_type_error'],
    [
      'a charset that nobody knows',
      '{}',
      { 'Content-Type': 'application/json; charset=klingon' },
      415,
      'unsupported_media_type_error',
    ],
    [
      'a charset that is not UTF',
      '{}',
      { 'Content-Type': 'application/json; charset=iso-8859-1' },
      415,
      'unsupported_media_type_error',
    ],
    ['an unknown encoding', '{}', { ...json, 'Content-Encoding': 'zstdx' }, 415, 'unsupported_media_type_error'],
    ['gzip that is none', '{}', { ...json, 'Content-Encoding': 'gzip' }, 400, 'invalid_error'],
  ])('whose body is %s is refused', async (_what, body, headers, status, type) => {
    for (const answer of [await build(body, { headers }), await preflight(body, { headers })]) {
      expectEnvelope(answer, status, type);
    }
  });

  it.each([
    '{"__proto__":{"preset":{}}}',
    '{"preset":{"__proto__":{"sections":["findings"]}}}',
    '{"preset":{"constructor":{"prototype":{}},"sections":["findings"]}}',
  ])('that reaches for the prototype, as %s, is refused and changes nothing', async (body) => {
    expectEnvelope(await build(body, { headers: json }), 400, 'invalid_error');
    expect((await preflight(preset({}))).status).toBe(200);
  });

  it.each(['', 'x'.repeat(256), 'schlüssel'])('with the idempotency key "%s" is refused', async (key) => {
    const answer = await rawRequest('POST', project.path('/reports/build'), {
      headers: { ...json, 'Idempotency-Key': Buffer.from(key, 'utf8').toString('latin1') },
      body: JSON.stringify(preset({})),
    });
    expectEnvelope(answer, 400, 'invalid_error');
  });
});

describe('a path', () => {
  it.each<[string, string, () => string, number, string]>([
    ['of an unknown project', 'POST', () => service.api.project('nowhere', '/reports/build'), 404, 'not_found_error'],
    ['of an unknown organization', 'GET', () => '/api/v1/org/nobody/ws/red-team/airt/projects', 404, 'not_found_error'],
    ['of an unknown workspace', 'GET', () => '/api/v1/org/demo/ws/nowhere/airt/projects', 404, 'not_found_error'],
    ['of an unknown project id', 'GET', () => service.api.project(randomUUID(), '/findings'), 404, 'not_found_error'],
    ['of an unknown build', 'GET', () => project.path(`/reports/build/${randomUUID()}`), 404, 'not_found_error'],
    ['of an unknown import', 'GET', () => project.path(`/imports/${randomUUID()}`), 404, 'not_found_error'],
    ['of a build id that is none', 'GET', () => project.path('/reports/build/latest'), 404, 'not_found_error'],
    ['of an import id that is none', 'GET', () => project.path("/imports/1'--"), 404, 'not_found_error'],
    ['with NUL for a project', 'GET', () => service.api.project('de%00mo', '/findings'), 404, 'not_found_error'],
    ['with NUL for an organization', 'GET', () => '/api/v1/org/%00/ws/red-team/airt/projects', 404, 'not_found_error'],
    ['with NUL for a build', 'GET', () => project.path('/reports/build/%00'), 404, 'not_found_error'],
    ['that cannot be decoded', 'GET', () => service.api.project('%E0%A4%A', '/findings'), 400, 'invalid_error'],
    ['that is not UTF-8', 'GET', () => service.api.project('%ff%fe', '/findings'), 400, 'invalid_error'],
    ['of 7,000 characters', 'GET', () => service.api.project('x'.repeat(7_000), '/findings'), 404, 'not_found_error'],
    ['that climbs', 'GET', () => service.api.project('..%2F..%2Frival', '/findings'), 404, 'not_found_error'],
    ['of __proto__', 'GET', () => service.api.project('__proto__', '/findings'), 404, 'not_found_error'],
    ['that is no route', 'GET', () => '/api/v2/reports', 404, 'not_found_error'],
    ['that is no route, with a body', 'POST', () => '/nowhere', 404, 'not_found_error'],
    ['below a route', 'GET', () => project.path(`/reports/build/${randomUUID()}/pages/1`), 404, 'not_found_error'],
  ])('%s answers %s with the envelope', async (_what, method, path, status, type) => {
    const answer = await rawRequest(
      method,
      path(),
      method === 'POST' ? { headers: json, body: JSON.stringify(preset({})) } : {},
    );
    const { errors } = expectEnvelope(answer, status, type);
    if (status === 400) expect(errors?.[0]?.loc).toEqual(['path']);
  });

  it.each([
    ['DELETE', '/reports/build', 'GET, POST'],
    ['GET', '/reports/preview', 'POST'],
    ['GET', '/reports/preflight', 'POST'],
    ['PUT', '/imports', 'GET, POST'],
    ['PUT', '/findings', 'GET, PATCH'],
    ['PUT', `/reports/build/${randomUUID()}`, 'DELETE, GET'],
  ])('does not take %s on %s and says what it takes', async (method, below, allow) => {
    const answer = await service.api.send(method, project.path(below));

    expectEnvelope(answer, 405, 'method_not_allowed_error');
    expect(answer.headers.get('allow')).toBe(allow);
  });
});

describe('a query', () => {
  it.each([
    '/findings?page=0',
    '/findings?page=-1',
    '/findings?page=1.5',
    '/findings?page=1e9',
    '/findings?page=NaN',
    '/findings?page=1&page=2',
    '/findings?page_size=201',
    '/findings?page_size=9999999999999999999999',
    '/findings?view=everything',
    '/findings?severity=severe',
    '/findings?finding_type=bug',
    '/findings?assessment_ids=1',
    '/findings?min_score=2',
    '/findings?min_score=high',
    '/findings?min_score=Infinity',
    '/findings?attack_name=a%00b',
    '/findings?category=%00',
    `/findings?attack_name=${'a,'.repeat(150)}`,
    '/findings?started_after=soon',
    '/findings?started_after=2026-W15',
    '/findings?started_after=2026-105',
    '/findings?started_before=0000-01-01',
    '/findings?started_after=2026-03-01&started_before=2026-02-01',
    '/findings?include_adversarial=maybe',
    '/findings?unknown=1',
    '/findings?__proto__=1',
    '/findings?constructor=1',
    '/findings?filter[severity]=high',
    '/imports?page=x',
    '/imports?page_size=0',
    '/imports?unknown=1',
  ])('%s is refused', async (below) => {
    const { errors } = expectEnvelope(await service.api.get(project.path(below)), 400, 'invalid_error');
    expect(errors?.[0]?.loc[0]).toBe('query');
  });

  it.each([
    '?import_id=1',
    '?import_id=%00',
    '?format=xml',
    '?threshold=2',
    '?threshold=high',
    '?threshold=NaN',
    '?name=',
    '?name=a%00b',
    `?name=${'x'.repeat(201)}`,
    '?target_model=a%0Ab',
    '?detector=%ED%A0%80%00',
    '?suspected_errors=drop',
    '?allow_truncated_tail=1',
    '?name=a&name=b',
    '?unknown=1',
    '?__proto__=1',
  ])('of an import, %s, is refused before the file is read', async (query) => {
    const answer = await project.import<Envelope>(airtFile({ id: 'q', name: 'Q' }, spreadRuns(1)), { query });

    const { errors } = expectEnvelope(answer, 400, 'invalid_error');
    expect(errors?.[0]?.loc[0]).toBe('query');
  });

  it('of an import that names another format than the file has is refused', async () => {
    for (const format of ['garak_hitlog', 'promptfoo_json', 'promptfoo_csv', 'azure_red_team']) {
      const answer = await project.import<Envelope>(airtFile({ id: 'f', name: 'F' }, spreadRuns(1)), {
        query: `?format=${format}`,
      });
      expect({ format, status: answer.status }).toEqual({ format, status: 400 });
    }
    // Rows of types that it does not know are tallied in a garak report, never refused.
    const { status, body } = await project.import(airtFile({ id: 'f', name: 'F' }, spreadRuns(1)), {
      query: '?format=garak_report',
    });
    expect({ status, runs: body.attack_runs, warned: body.warnings.length > 0 }).toEqual({
      status: 201,
      runs: 0,
      warned: true,
    });
  });
});

describe('a key', () => {
  const projects = (): string => `${service.api.airt}/projects`;

  it.each([
    ['none', null],
    ['an empty one', ''],
    ['one of another make', 'sk-1234567890'],
    ['one with a wrong checksum', `airt_${'A'.repeat(38)}`],
    ['one of a megabyte less a little', 'x'.repeat(10_000)],
    ['two words', 'airt_a airt_b'],
  ])('that is %s is refused', async (_what, key) => {
    const answer = await service.api.get(projects(), { key });

    expectEnvelope(answer, 401, 'authentication_error');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('of another scheme is refused', async () => {
    const answer = await service.api.get(projects(), {
      key: null,
      headers: { Authorization: `Basic ${service.api.key}` },
    });
    expectEnvelope(answer, 401, 'authentication_error');
  });

  const withKeyOf = async <T>(change: string, work: () => Promise<T>): Promise<T> => {
    const hash = createHash('sha256').update(service.api.key).digest();
    await rowsOf(service, `update projects.api_key set ${change} where hash = $1`, [hash]);
    try {
      return await work();
    } finally {
      await rowsOf(
        service,
        `update projects.api_key set expires_at = null, revoked_at = null,
           scopes = array['read', 'write', 'build', 'admin'] where hash = $1`,
        [hash],
      );
    }
  };

  it('that has expired is told so', async () => {
    const answer = await withKeyOf(`expires_at = now() - interval '1 s'`, () => service.api.get(projects()));

    expectEnvelope(answer, 401, 'expired_token_error');
    expect(answer.headers.get('www-authenticate')).toContain('invalid_token');
  });

  it('that was revoked is unknown', async () => {
    expectEnvelope(
      await withKeyOf('revoked_at = now()', () => service.api.get(projects())),
      401,
      'authentication_error',
    );
  });

  it('without the scope is forbidden what needs it, and nothing else', async () => {
    await withKeyOf(`scopes = array['read']`, async () => {
      expect((await project.findings()).status).toBe(200);
      expect((await preflight(preset({}))).status).toBe(200);
      expectEnvelope(await build(preset({})), 403, 'forbidden_error');
      expectEnvelope(await project.import('{}'), 403, 'forbidden_error');
      expectEnvelope(await service.api.post(projects(), { slug: 'mine', name: 'Mine' }), 403, 'forbidden_error');
    });
    await withKeyOf(`scopes = array['build']`, async () => {
      expectEnvelope(await project.findings(), 403, 'forbidden_error');
      expect((await build(preset({}))).status).toBe(202);
    });
    await withKeyOf(`scopes = '{}'`, async () => {
      expectEnvelope(await project.findings(), 403, 'forbidden_error');
    });
  });
});

describe('another tenant', () => {
  it('finds nothing of ours, by slug or by id, with its own key on our paths', async () => {
    const id = await projectId();
    for (const below of [
      '/findings',
      '/summary',
      '/assessments',
      '/imports',
      `/imports/${importId}`,
      `/reports/build/${buildId}`,
    ]) {
      for (const path of [project.path(below), service.api.project(id, below)]) {
        expectEnvelope(await service.api.get(path, { key: other.api.key }), 404, 'not_found_error');
      }
    }
    for (const below of ['/reports/build', '/reports/preflight']) {
      const answer = await service.api.post(project.path(below), preset({}), { key: other.api.key });
      expectEnvelope(answer, 404, 'not_found_error');
    }
  });

  it('finds nothing of ours through a path of its own', async () => {
    const theirs = await TestProject.make(new TestApi(() => service.baseUrl, 'rival', 'red-team', other.api.key));
    await theirs.import(airtFile({ id: 'b', name: 'B' }, spreadRuns(3)));

    expectEnvelope(await theirs.api.get(theirs.api.project(await projectId(), '/findings')), 404, 'not_found_error');
    expectEnvelope(await theirs.readBuild(buildId), 404, 'not_found_error');
    expectEnvelope(await theirs.api.get(theirs.path(`/imports/${importId}`)), 404, 'not_found_error');
    const [ours] = await rowsOf<{ id: string }>(service, `select id from findings.assessment where key = 'a'`);
    const { body } = await theirs.findings(`?assessment_ids=${ours?.id ?? ''}`);
    expect(body.total).toBe(0);
    const filtered = await theirs.preflight({ sections: ['findings'], filters: { assessment_ids: [ours?.id] } });
    expect(filtered.body.empty_sections).toEqual([{ key: 'findings', title: 'Findings' }]);
  });

  it('does not learn of an import id of ours what it could not know', async () => {
    const theirs = await TestProject.make(new TestApi(() => service.baseUrl, 'rival', 'red-team', other.api.key));

    const answer = await theirs.import<Envelope>(airtFile({ id: 'c', name: 'C' }, spreadRuns(1)), {
      query: `?import_id=${importId}`,
    });

    expectEnvelope(answer, 409, 'already_exists_error');
    expect((await theirs.api.get<{ total: number }>(theirs.path('/imports'))).body.total).toBe(0);
  });
});

describe('a new project', () => {
  it.each<[string, unknown, string]>([
    ['no name', { slug: 'a' }, 'name'],
    ['an upper-case slug', { slug: 'A', name: 'A' }, 'slug'],
    ['a slug that climbs', { slug: '../a', name: 'A' }, 'slug'],
    ['a slug of 64 characters', { slug: 'a'.repeat(64), name: 'A' }, 'slug'],
    ['a slug with a line end', { slug: 'a\n', name: 'A' }, 'slug'],
    ['a slug that is a list', { slug: ['a'], name: 'A' }, 'slug'],
    ['a name with NUL', { slug: 'a', name: 'a\0' }, 'name'],
    ['a description with NUL', { slug: 'a', name: 'a', description: '\0' }, 'description'],
    ['an unknown field', { slug: 'a', name: 'a', id: randomUUID() }, 'id'],
  ])('with %s is refused', async (_what, body, field) => {
    const answer = await service.api.post(`${service.api.airt}/projects`, body);
    const { errors } = expectEnvelope(answer, 400, 'invalid_error');
    expect(errors?.map(({ loc }) => loc)).toContainEqual(['body', field]);
  });

  it('whose slug is taken is a conflict', async () => {
    const answer = await service.api.post(`${service.api.airt}/projects`, { slug: project.slug, name: 'Again' });
    expectEnvelope(answer, 409, 'already_exists_error');
  });
});

describe('a signed URL', () => {
  const fresh = async (): Promise<string> => (await project.readBuild(buildId)).body.presigned_url ?? '';

  it('serves its report while it is valid', async () => {
    expect((await fetch(await fresh())).status).toBe(200);
  });

  it.each<[string, (url: URL) => void]>([
    [
      'another signature',
      (url) => {
        url.searchParams.set('X-Amz-Signature', '0'.repeat(64));
      },
    ],
    [
      'no signature',
      (url) => {
        url.searchParams.delete('X-Amz-Signature');
      },
    ],
    [
      'a longer life',
      (url) => {
        url.searchParams.set('X-Amz-Expires', '604800');
      },
    ],
    [
      'another object',
      (url) => {
        url.pathname = url.pathname.replace(/\d+\.pdf$/, '99.pdf');
      },
    ],
    [
      'another file name',
      (url) => {
        url.searchParams.set('response-content-disposition', 'inline');
      },
    ],
    [
      'no query at all',
      (url) => {
        url.search = '';
      },
    ],
  ])('with %s is refused by the store', async (_what, tamper) => {
    const url = new URL(await fresh());
    tamper(url);

    expect((await fetch(url)).status).toBe(403);
  });

  it('that has expired is refused by the store', async () => {
    const url = await fresh();

    const answer = await eventually(
      () => fetch(url),
      ({ status }) => status !== 200,
      30_000,
    );

    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('<Error>');
  });
});

describe('a connection', () => {
  it('that speaks no HTTP is closed, and the service lives on', async () => {
    const { hostname, port } = new URL(service.baseUrl);
    for (const bytes of [
      '\x16\x03\x01\x02\x00',
      'GET\r\n\r\n',
      `GET / HTTP/1.1\r\nX: ${'y'.repeat(100_000)}\r\n\r\n`,
    ]) {
      await new Promise<void>((resolve, reject) => {
        const socket = connect(Number(port), hostname, () => socket.write(bytes));
        socket.on('error', () => undefined);
        socket.once('close', () => {
          resolve();
        });
        socket.setTimeout(20_000, () => {
          socket.destroy();
          reject(new Error('still open'));
        });
        socket.resume();
      });
    }
    expect((await service.api.get('/health/ready')).status).toBe(200);
  });
});

describe('any body at all', () => {
  const word = fc.constantFrom(
    'preset',
    'template_id',
    'sections',
    'filters',
    'branding',
    'style',
    'format',
    'evidence',
    'compliance_frameworks',
    'findings',
    'evidence',
    'severity',
    'critical',
    'started_after',
    'started_before',
    'min_score',
    'attack_name',
    'font',
    'font_size',
    'pdf',
    'owasp_llm_top_10',
    'include_adversarial',
    'report_title',
    '__proto__',
    'constructor',
    'length',
  );
  const value = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      fc.oneof(
        word,
        fc.string({ unit: 'binary' }),
        fc.integer(),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      ),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(word, tie('value'), { maxKeys: 5, noNullPrototype: false }),
    ),
  })).value;
  const filters = fc.record(
    {
      severity: value,
      min_score: fc.oneof(fc.double(), value),
      started_after: fc.oneof(
        fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
        value,
      ),
      started_before: value,
      attack_name: fc.array(fc.string({ unit: 'binary', maxLength: 300 }), { maxLength: 3 }),
      category: value,
    },
    { requiredKeys: [] },
  );
  const almost = fc.record(
    {
      preset: fc.record(
        { sections: fc.constant(usualSections), filters, branding: value, style: value, evidence: value },
        { requiredKeys: ['sections', 'filters'] },
      ),
    },
    { requiredKeys: ['preset'] },
  );

  it('never brings about an error of ours', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(value, almost), async (body) => {
        const text = JSON.stringify(body);
        for (const answer of [await preflight(text, { headers: json }), await build(text, { headers: json })]) {
          expect([200, 202, 400, 404, 413, 422]).toContain(answer.status);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('and any query neither', async () => {
    const names = fc.constantFrom(
      'page',
      'page_size',
      'view',
      'severity',
      'min_score',
      'started_after',
      'started_before',
      'attack_name',
      'category',
      'x',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(names, fc.string({ unit: 'binary' })), { maxLength: 4 }), async (pairs) => {
        const query = new URLSearchParams(pairs.map(([name, text]) => [name, text.toWellFormed()]));
        expect([200, 400]).toContain((await project.findings(`?${query.toString()}`)).status);
      }),
      { numRuns: 100 },
    );
  });

  it('leaves no line of an error in the log', () => {
    const errors = service
      .logs()
      .split('\n')
      .filter((line) => line.includes('"level":50'));
    expect(errors).toEqual([]);
  });
});

async function projectId(): Promise<string> {
  const [row] = await rowsOf<{ id: string }>(service, 'select id from projects.project where slug = $1', [
    project.slug,
  ]);
  return row?.id ?? '';
}

/** As `fetch`, but leaves path and headers as they are written. */
function rawRequest(
  method: string,
  path: string,
  options: { readonly headers?: Record<string, string>; readonly body?: string } = {},
): Promise<ApiAnswer<unknown>> {
  const { hostname, port } = new URL(service.baseUrl);
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      {
        hostname,
        port,
        method,
        path,
        headers: { Authorization: `Bearer ${service.api.key}`, Connection: 'close', ...options.headers },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.once('end', () => {
          const headers = new Headers(
            Object.entries(response.headers).map(([name, value]): [string, string] => [name, String(value)]),
          );
          resolve({ status: response.statusCode ?? 0, headers, body: JSON.parse(text) as unknown });
        });
      },
    );
    sent.once('error', reject);
    sent.end(options.body);
  });
}
