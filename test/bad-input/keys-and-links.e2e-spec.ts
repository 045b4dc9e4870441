import { createHash } from 'node:crypto';

import { airtFile, spreadRuns } from '../support/airt-file.ts';
import { eventually } from '../support/eventually.ts';
import { type Envelope, TestProject } from '../support/project.ts';
import { expectEnvelope } from '../support/refusals.ts';
import { rowsOf } from '../support/rows.ts';
import { sharedOrganization, type SharedService } from '../support/shared-service.ts';

let service: SharedService;
let other: SharedService;
let project: TestProject;
let buildId: string;
let importId: string;

beforeAll(async () => {
  service = await sharedOrganization('tight');
  // A second tenant of the same installation, with a key of its own.
  other = await sharedOrganization('tight');
  project = await TestProject.make(service.api);
  importId = (await project.import(airtFile({ id: 'a', name: 'A' }, spreadRuns(10)))).body.id;
  buildId = (await project.build()).body.job_id;
  await project.ended(buildId);
});

const preset = { preset: { sections: ['findings'] } };

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
      expect((await service.api.post(project.path('/reports/preflight'), preset)).status).toBe(200);
      expectEnvelope(await service.api.post(project.path('/reports/build'), preset), 403, 'forbidden_error');
      expectEnvelope(await project.import('{}'), 403, 'forbidden_error');
      expectEnvelope(await service.api.post(projects(), { slug: 'mine', name: 'Mine' }), 403, 'forbidden_error');
    });
    await withKeyOf(`scopes = array['build']`, async () => {
      expectEnvelope(await project.findings(), 403, 'forbidden_error');
      expect((await service.api.post(project.path('/reports/build'), preset)).status).toBe(202);
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
      const answer = await service.api.post(project.path(below), preset, { key: other.api.key });
      expectEnvelope(answer, 404, 'not_found_error');
    }
  });

  it('finds nothing of ours through a path of its own', async () => {
    const theirs = await TestProject.make(other.api);
    await theirs.import(airtFile({ id: 'b', name: 'B' }, spreadRuns(3)));

    expectEnvelope(await theirs.api.get(theirs.api.project(await projectId(), '/findings')), 404, 'not_found_error');
    expectEnvelope(await theirs.readBuild(buildId), 404, 'not_found_error');
    expectEnvelope(await theirs.api.get(theirs.path(`/imports/${importId}`)), 404, 'not_found_error');
    const [ours] = await rowsOf<{ id: string }>(
      service,
      `select a.id from findings.assessment a join projects.project p on p.id = a.project_id
       where a.key = 'a' and p.slug = $1`,
      [project.slug],
    );
    const { body } = await theirs.findings(`?assessment_ids=${ours?.id ?? ''}`);
    expect(body.total).toBe(0);
    const filtered = await theirs.preflight({ sections: ['findings'], filters: { assessment_ids: [ours?.id] } });
    expect(filtered.body.empty_sections).toEqual([{ key: 'findings', title: 'Findings' }]);
  });

  it('does not learn of an import id of ours what it could not know', async () => {
    const theirs = await TestProject.make(other.api);

    const answer = await theirs.import<Envelope>(airtFile({ id: 'c', name: 'C' }, spreadRuns(1)), {
      query: `?import_id=${importId}`,
    });

    expectEnvelope(answer, 409, 'already_exists_error');
    expect((await theirs.api.get<{ total: number }>(theirs.path('/imports'))).body.total).toBe(0);
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

async function projectId(): Promise<string> {
  const [row] = await rowsOf<{ id: string }>(service, 'select id from projects.project where slug = $1', [
    project.slug,
  ]);
  return row?.id ?? '';
}
