import { Client } from 'pg';

import { airtFile, spreadRuns } from './support/airt-file.ts';
import { TestBucket } from './support/bucket.ts';
import { eventually } from './support/eventually.ts';
import { readPdf } from '#testing';
import { type EmptySections, type Envelope, TestProject } from './support/project.ts';
import { rowsOf } from './support/rows.ts';
import { startService, type ServiceUnderTest } from './support/service.ts';

const sections = ['risk_score_metrics', 'severity_breakdown', 'findings', 'evidence', 'methodology'];

describe('a preview', () => {
  let service: ServiceUnderTest;
  let project: TestProject;
  let big: TestProject;

  beforeAll(async () => {
    service = await startService();
    project = await TestProject.make(service.api);
    await project.import(airtFile({ id: 'a', name: 'A' }, spreadRuns(10)));
    big = await TestProject.make(service.api);
    await big.import(airtFile({ id: 'big', name: 'Big' }, spreadRuns(2_000)));
  });
  afterAll(async () => {
    await service.stop();
  });

  const preview = (of: TestProject, body: object = { preset: { sections } }, signal?: AbortSignal): Promise<Response> =>
    fetch(`${service.baseUrl}${of.path('/reports/preview')}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${service.api.key}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      ...(signal ? { signal } : {}),
    });
  const free = (of: TestProject): Promise<Response> =>
    eventually(
      () => preview(of),
      ({ status }) => status !== 429,
      60_000,
    );

  it('answers with the PDF itself, and keeps nothing', async () => {
    const answer = await preview(project);

    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(answer.headers.get('content-disposition')).toBe('inline; filename="airt-report-preview.pdf"');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect(answer.headers.get('content-length')).toBe(String(bytes.length));
    const pages = (await readPdf(bytes)).pages;
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.join(' ')).toContain('run-0001');
    expect(await rowsOf(service, 'select id from builds.report_build')).toEqual([]);
    expect(await new TestBucket(service.bucket).keys()).toEqual([]);
  });

  it('stays short and quick however large the report is', async () => {
    const from = performance.now();
    const answer = await free(big);
    const took = performance.now() - from;

    expect(answer.status).toBe(200);
    const pages = (await readPdf(new Uint8Array(await answer.arrayBuffer()))).pages;
    const shown = new Set(pages.join(' ').match(/run-\d{4}/g));
    process.stderr.write(
      `preview of 800 findings: ${pages.length} pages, ${shown.size} findings, ${Math.round(took)} ms\n`,
    );
    expect(shown.size).toBeGreaterThan(5);
    expect(shown.size).toBeLessThanOrEqual(25);
    expect(pages.length).toBeLessThanOrEqual(12);
  });

  it('is refused with the sections that a build would refuse', async () => {
    const answer = await preview(project, { preset: { sections: ['findings'], filters: { min_score: 1 } } });
    expect(answer.status).toBe(422);
    expect((await answer.json()) as EmptySections).toEqual({
      empty_sections: [{ key: 'findings', title: 'Findings' }],
    });
    const invalid = await preview(project, { preset: { sections: ['nonsense'] } });
    expect(invalid.status).toBe(400);
  });

  it('is one at a time in a process; the others are told when to come again', async () => {
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => preview(big)));

    const states = answers.map(({ status }) => status).sort();
    expect(states[0]).toBe(200);
    expect(states).toContain(429);
    for (const answer of answers.filter(({ status }) => status === 429)) {
      expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
      expect((await answer.json()) as Envelope).toMatchObject({ code: 429, type: 'rate_limit_error' });
    }
    expect((await free(project)).status).toBe(200);
  });

  it('does not keep builds waiting', async () => {
    const { job_id: jobId } = (await project.build()).body;
    const running = preview(big);
    expect((await project.ended(jobId)).status).toBe('completed');
    expect([200, 429]).toContain((await running).status);
  });

  it('gives up when the database keeps it waiting, and the next one is served', async () => {
    const other = new Client({ connectionString: service.databaseUrls.superuser });
    await other.connect();
    try {
      await other.query('begin; lock table findings.attack_run in access exclusive mode');
      const answer = await free(project);

      expect(answer.status).toBe(504);
      expect((await answer.json()) as Envelope).toMatchObject({ code: 504, type: 'render_timeout_error' });
    } finally {
      await other.end();
    }
    expect((await free(project)).status).toBe(200);
  });

  it('stops when its caller goes away, and the next one is served', async () => {
    await free(project);
    const caller = new AbortController();
    const lost = preview(big, { preset: { sections } }, caller.signal).catch((error: unknown) => error);
    await eventually(
      () => preview(project),
      ({ status }) => status === 429,
      10_000,
    ).catch(() => undefined);
    caller.abort();
    expect(await lost).toMatchObject({ name: 'AbortError' });

    expect((await free(project)).status).toBe(200);
    expect((await service.api.get('/health/ready')).status).toBe(200);
  });
});
