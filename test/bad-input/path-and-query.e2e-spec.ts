import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';

import { airtFile, spreadRuns } from '../support/airt-file.ts';
import { type Envelope, TestProject } from '../support/project.ts';
import { expectEnvelope, jsonType, rawRequest } from '../support/refusals.ts';
import { sharedService, type SharedService } from '../support/shared-service.ts';

let service: SharedService;
let project: TestProject;

beforeAll(async () => {
  service = await sharedService();
  project = await TestProject.make(service.api);
  await project.import(airtFile({ id: 'a', name: 'A' }, spreadRuns(10)));
});

const preset = (fields: object): object => ({ preset: { sections: ['findings'], ...fields } });

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
      service,
      method,
      path(),
      method === 'POST' ? { headers: jsonType, body: JSON.stringify(preset({})) } : {},
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
