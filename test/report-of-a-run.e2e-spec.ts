import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { airtFile, spreadRuns } from './support/airt-file.ts';
import { sha256, TestBucket } from './support/bucket.ts';
import { eventually } from './support/eventually.ts';
import { readPdfText, withoutSpace } from '#testing';
import { type BuildAnswer, download, TestProject, usualSections } from './support/project.ts';
import { rowsOf } from './support/rows.ts';
import { sharedService, type SharedService } from './support/shared-service.ts';
import { dataOf, inProject, type operations, type Result, type Schemas } from './support/typed.ts';

const CAMPAIGN = join(__dirname, '../apps/quickstart/demo/campaign.ndjson');

type Preset = Schemas['AirtPresetRequest'];
type Finding = Schemas['FindingResponse'];
type FindingsQuery = operations['get_project_findings']['parameters']['query'];

const allSections: Preset['sections'] = [
  'executive_summary',
  'risk_score_metrics',
  'severity_breakdown',
  'asr_by_attack',
  'asr_by_category',
  'asr_by_goal',
  'transform_effectiveness',
  'compliance',
  'findings',
  'evidence',
  'recommendations',
  'methodology',
];

describe('the report of a red-team run', () => {
  let service: SharedService;

  beforeAll(async () => {
    service = await sharedService();
  });

  const projectWith = async (file: string | Uint8Array<ArrayBuffer>, name = 'run.ndjson'): Promise<TestProject> => {
    const project = await TestProject.make(service.api);
    const { status, body } = await project.import(file, { name });
    expect({ status, errors: body.errors }).toEqual({ status: 201, errors: [] });
    return project;
  };

  const completed = async (
    project: TestProject,
    preset: Preset = { sections: usualSections },
  ): Promise<BuildAnswer> => {
    const { job_id: jobId } = dataOf(await ordered(project, preset));
    const build = await project.ended(jobId);
    expect(build).toMatchObject({ status: 'completed', error_message: null });
    return build;
  };

  /** Every finding that a report with the filter shows. */
  const listed = async ({ slug: project }: TestProject, filter: FindingsQuery = {}): Promise<Finding[]> => {
    const findings: Finding[] = [];
    for (let page = 1; ; page += 1) {
      const query = { ...filter, view: 'report', page_size: 200, page } as const;
      const list = dataOf(await service.client.GET(`${inProject}/findings`, { params: { path: { project }, query } }));
      findings.push(...list.findings);
      if (findings.length >= list.total) return findings;
    }
  };

  const preflight = (
    { slug: project }: TestProject,
    preset: Preset,
  ): Promise<Result<Schemas['EmptySectionsResponse']>> =>
    service.client.POST(`${inProject}/reports/preflight`, { params: { path: { project } }, body: { preset } });

  const ordered = (
    { slug: project }: TestProject,
    preset: Preset,
    header: { 'Idempotency-Key'?: string } = {},
  ): Promise<Result<BuildAnswer>> =>
    service.client.POST(`${inProject}/reports/build`, { params: { path: { project }, header }, body: { preset } });

  describe('of the demo campaign with every section', () => {
    let project: TestProject;
    let answer: Response;
    let accepted: BuildAnswer;
    const seen: BuildAnswer[] = [];
    let build: BuildAnswer;
    let pdf: Buffer;
    let text: string;

    beforeAll(async () => {
      project = await projectWith(new Uint8Array(await readFile(CAMPAIGN)), 'campaign.ndjson');
      const preset: Preset = { sections: allSections, compliance_frameworks: ['owasp_llm_top_10'] };
      expect(dataOf(await preflight(project, preset))).toEqual({ empty_sections: [] });
      const order = await ordered(project, preset);
      answer = order.response;
      accepted = dataOf(order);
      build = await eventually(
        async () => {
          const { body } = await project.readBuild(accepted.job_id);
          seen.push(body);
          return body;
        },
        ({ status }) => status !== 'queued' && status !== 'in_progress',
        60_000,
      );
      pdf = await download(build);
      text = withoutSpace(await readPdfText(pdf));
    });

    it('is accepted with 202, the job, where to poll it and when', () => {
      expect(answer.status).toBe(202);
      expect(answer.headers.get('location')).toBe(project.path(`/reports/build/${accepted.job_id}`));
      expect(answer.headers.get('retry-after')).toBe('1');
      expect(accepted).toMatchObject({
        status: 'queued',
        completed_at: null,
        presigned_url: null,
        url_expires_at: null,
        file_size_bytes: 0,
        error_message: null,
        sha256: null,
        template_id: null,
        format: 'pdf',
        progress: { stage: null, percent: 0 },
      });
    });

    it('moves from queued over in_progress to completed, and its progress only forward', () => {
      const order = ['queued', 'in_progress', 'completed'];
      const places = seen.map(({ status }) => order.indexOf(status));
      expect(places).toEqual([...places].sort());
      expect(seen.map(({ status }) => status)).toContain('in_progress');
      const percents = seen.map(({ progress }) => progress.percent);
      expect(percents).toEqual([...percents].sort((a, b) => a - b));
      expect(seen.filter(({ presigned_url: url }) => url !== null)).toEqual([build]);
    });

    it('is completed with size, hash and a signed URL of one hour that serves exactly these bytes', () => {
      expect(build).toMatchObject({ status: 'completed', progress: { stage: 'done', percent: 100 } });
      expect(build.file_size_bytes).toBe(pdf.length);
      expect(build.sha256).toBe(sha256(pdf));
      const seconds = (Date.parse(build.url_expires_at ?? '') - Date.now()) / 1000;
      expect(seconds).toBeGreaterThan(3_500);
      expect(seconds).toBeLessThanOrEqual(3_600);
      expect(Date.parse(build.completed_at ?? '')).toBeGreaterThanOrEqual(Date.parse(build.started_at ?? ''));
    });

    it('mints the URL anew for each read and lets nobody cache it', async () => {
      const again = await project.readBuild(build.job_id);

      expect(again.headers.get('cache-control')).toBe('no-store');
      expect(sha256(await download(again.body))).toBe(build.sha256);
    });

    it('prints every finding that the list of its project shows', async () => {
      const findings = await listed(project);

      expect(findings.length).toBeGreaterThan(20);
      const missing = findings.filter(({ goal }) => !text.includes(withoutSpace(String(goal))));
      expect(missing.map(({ goal }) => goal)).toEqual([]);
      expect(text).toContain(`F-${String(findings.length).padStart(3, '0')}`);
      expect(text).not.toContain(`F-${String(findings.length + 1).padStart(3, '0')}`);
    });

    it('states the rate that the summary of the project states', async () => {
      const params = { path: { project: project.slug } };
      const { metrics } = dataOf(await service.client.GET(`${inProject}/summary`, { params }));

      expect(text).toContain(`${((metrics.overall_asr ?? 0) * 100).toFixed(1)}%`);
      expect(text).toContain(String(metrics.total_attacks));
    });

    it('is the only object of its build in the store', async () => {
      const keys = await new TestBucket(service.bucket).keys();

      expect(keys.filter((key) => key.includes(build.job_id))).toHaveLength(1);
    });
  });

  it('has the same bytes when plan and data are the same', async () => {
    const file = airtFile({ id: 'spring', name: 'Spring' }, spreadRuns(40));
    const project = await projectWith(file);

    const [first, second] = [await completed(project), await completed(project)];

    expect(first.job_id).not.toBe(second.job_id);
    expect(second.sha256).toBe(first.sha256);
    expect((await download(first)).equals(await download(second))).toBe(true);
  });

  it('has other bytes when a person decided something about a finding', async () => {
    const project = await projectWith(airtFile({ id: 'triage', name: 'Triage' }, spreadRuns(10)));
    const before = await completed(project);

    await rowsOf(
      service,
      `update findings.attack_run set finding_status = 'false_positive'
       where run_key = 'run-0001' and project_id = (select id from projects.project where slug = $1)`,
      [project.slug],
    );
    const after = await completed(project);

    expect(after.sha256).not.toBe(before.sha256);
    expect(withoutSpace(await readPdfText(await download(before)))).toContain('Goalofrun-0001');
    expect(withoutSpace(await readPdfText(await download(after)))).not.toContain('Goalofrun-0001');
  });

  it('is refused with exactly the sections that preflight names, and leaves no job', async () => {
    const project = await projectWith(
      airtFile({ id: 'resisted', name: 'Resisted' }, [{ id: 'r1', score: 0.1, goal: undefined }]),
    );
    const preset: Preset = { sections: allSections, compliance_frameworks: ['owasp_llm_top_10'] };

    const foreseen = dataOf(await preflight(project, preset));
    const { response, error } = await ordered(project, preset);

    expect(foreseen.empty_sections.map(({ key }) => key)).toEqual([
      'severity_breakdown',
      'asr_by_goal',
      'compliance',
      'findings',
      'evidence',
      'recommendations',
    ]);
    expect({ status: response.status, error }).toEqual({ status: 422, error: foreseen });
    const jobs = await rowsOf(
      service,
      `select b.id from builds.report_build b join projects.project p on p.id = b.project_id where p.slug = $1`,
      [project.slug],
    );
    expect(jobs).toEqual([]);
    // What is left has data: a model that resisted everything still gets its report.
    const empty = new Set(foreseen.empty_sections.map(({ key }) => key));
    await completed(project, { ...preset, sections: allSections.filter((key) => !empty.has(key)) });
  });

  it('of a project without data is refused for every section', async () => {
    const project = await TestProject.make(service.api);

    const { response, error } = await ordered(project, { sections: allSections });

    expect(response.status).toBe(422);
    expect(error).toMatchObject({ empty_sections: allSections.map((key) => ({ key })) });
  });

  it('narrows list, preflight and report by one filter alike', async () => {
    const project = await projectWith(airtFile({ id: 'filter', name: 'Filter' }, spreadRuns(30)));

    for (const severity of ['critical', 'high', 'medium', 'low', 'info'] as const) {
      const filters = { severity: [severity], attack_name: ['crescendo'] };
      const preset: Preset = { sections: ['findings', 'methodology'], filters };
      const findings = await listed(project, filters);
      const { empty_sections } = dataOf(await preflight(project, preset));
      expect({ severity, empty: empty_sections.map(({ key }) => key) }).toEqual({
        severity,
        empty: findings.length === 0 ? ['findings'] : [],
      });
      if (findings.length === 0) continue;
      const text = withoutSpace(await readPdfText(await download(await completed(project, preset))));
      const printed = [...new Set(text.match(/Goalofrun-\d{4}/g))].sort();
      expect(printed).toEqual(findings.map(({ goal }) => withoutSpace(String(goal))).sort());
    }
  });

  it('is built once for fifty requests with one idempotency key', async () => {
    const project = await projectWith(airtFile({ id: 'once', name: 'Once' }, spreadRuns(5)));
    const key = { 'Idempotency-Key': 'quarterly report: spring' };

    const answers = await Promise.all(
      Array.from({ length: 50 }, () => ordered(project, { sections: usualSections }, key)),
    );

    expect(new Set(answers.map(({ response }) => response.status))).toEqual(new Set([202]));
    const [jobId = '', ...others] = new Set(answers.map((answer) => dataOf(answer).job_id));
    expect(others).toEqual([]);
    expect(answers.filter(({ response }) => !response.headers.has('idempotent-replayed'))).toHaveLength(1);
    const jobs = await rowsOf(
      service,
      `select b.id from builds.report_build b join projects.project p on p.id = b.project_id where p.slug = $1`,
      [project.slug],
    );
    expect(jobs).toHaveLength(1);
    const other = await ordered(project, { sections: ['methodology'] }, key);
    expect(other).toMatchObject({
      response: { status: 409 },
      error: { code: 409, type: 'idempotency_key_reused_error' },
    });
    await project.ended(jobId);
  });

  it('is built again for the same request without a key', async () => {
    const project = await projectWith(airtFile({ id: 'twice', name: 'Twice' }, spreadRuns(5)));

    const [first, second] = await Promise.all([project.build(), project.build()]);

    expect(first.body.job_id).not.toBe(second.body.job_id);
    await Promise.all([project.ended(first.body.job_id), project.ended(second.body.job_id)]);
  });

  it('announces its completion once, in the outbox and in the log, without a link or a finding', async () => {
    const project = await projectWith(airtFile({ id: 'event', name: 'Event' }, spreadRuns(5)));
    const build = await completed(project);

    const announced = async (): Promise<string[]> =>
      (await service.logs())
        .split('\n')
        .filter((line) => line.includes('"report.completed.v1"') && line.includes(build.job_id));
    await eventually(announced, (lines) => lines.length > 0);

    const outbox = await rowsOf<{ payload: unknown; sent: boolean }>(
      service,
      `select payload, sent_at is not null as sent from events.outbox
       where aggregate_id = $1 and type = 'report.completed.v1'`,
      [build.job_id],
    );
    expect(outbox).toEqual([
      {
        sent: true,
        payload: {
          build_id: build.job_id,
          project_id: expect.any(String) as string,
          format: 'pdf',
          file_size_bytes: build.file_size_bytes,
          sha256: build.sha256,
          completed_at: build.completed_at,
        },
      },
    ]);
    expect(await announced()).toHaveLength(1);
  });

  it('leaves neither key, nor signature, nor text of a finding in the log', async () => {
    const canary = 'MARIGOLD-7713';
    const project = await projectWith(
      airtFile({ id: 'secret', name: 'Secret' }, [
        { id: 'r1', score: 0.9, goal: `Goal ${canary}`, prompt: `Prompt ${canary}`, response: `Answer ${canary}` },
      ]),
    );
    await project.import(`{"type":"attack_run","assessment":"${canary}","goal":"${canary}"}\n`);
    await project.build({ sections: ['findings'], filters: { attack_name: [canary] } });
    await project.preflight({ sections: [canary] });
    const build = await completed(project);
    const text = await readPdfText(await download(build));
    await project.findings(`?category=${canary}`);

    expect(text).toContain(canary);
    expect(await service.logs()).toContain(build.job_id);
    for (const secret of [canary, service.api.key, 'X-Amz-Signature', 'Bearer ']) {
      expect((await service.logs()).split('\n').filter((line) => line.includes(secret))).toEqual([]);
    }
  });
});
