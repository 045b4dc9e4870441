import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { AirtClient } from '#client';

import { sha256 } from './support/bucket.ts';
import { eventually } from './support/eventually.ts';
import { readPdfText, withoutSpace } from '#testing';
import { sharedService, type SharedService } from './support/shared-service.ts';
import { airt, dataOf, inProject, oneBuild, type Schemas } from './support/typed.ts';

type Build = Schemas['BuildJobResponse'];
type Preset = Schemas['AirtPresetRequest'];

const CAMPAIGN = join(__dirname, '../apps/quickstart/demo/campaign.ndjson');

/** One story: each test goes on where the one before ended. */
describe('an integrator with nothing but the client', () => {
  const project = 'sorrel';
  const preset: Preset = {
    sections: ['risk_score_metrics', 'findings', 'methodology'],
    branding: { report_title: 'Sorrel under attack' },
  };
  let service: SharedService;
  let client: AirtClient;
  let campaign: Buffer<ArrayBuffer>;
  let templateId: string;
  let build: Build;

  beforeAll(async () => {
    service = await sharedService();
    client = service.client;
    campaign = await readFile(CAMPAIGN);
  });

  const readBuild = async (jobId: string): Promise<Build> =>
    dataOf(await client.GET(oneBuild, { params: { path: { project, job_id: jobId } } }));
  const polled = (jobId: string): Promise<Build> =>
    eventually(
      () => readBuild(jobId),
      ({ status }) => status !== 'queued' && status !== 'in_progress',
      60_000,
    );
  const download = async ({ presigned_url: url }: Build): Promise<Buffer> =>
    Buffer.from(await (await fetch(url ?? '')).arrayBuffer());

  it('makes a project', async () => {
    const body = { slug: project, name: 'Sorrel' };
    const made = await client.POST(`${airt}/projects`, { body });

    expect(made.response.status).toBe(201);
    expect(dataOf(made)).toMatchObject(body);
    const again = await client.POST(`${airt}/projects`, { body });
    expect(again).toMatchObject({ response: { status: 409 }, error: { code: 409, type: 'already_exists_error' } });
  });

  it('imports a file as bytes', async () => {
    const imported = await client.POST(`${inProject}/imports`, { params: { path: { project } }, body: campaign });

    expect(imported.response.status).toBe(201);
    expect(dataOf(imported)).toMatchObject({ status: 'completed', assessments: 2, errors: [] });
  });

  it.each([
    ['a stream', () => new Blob([campaign]).stream(), {}],
    ['a blob with a type of its own', () => new Blob([campaign], { type: 'application/x-ndjson' }), {}],
    ['bytes of a named type', () => campaign, { 'Content-Type': 'application/x-ndjson' }],
    ['a form', formOf, {}],
  ])('sends the same file as %s: it is known already', async (_what, file, headers) => {
    const params = { path: { project } };
    const again = await client.POST(`${inProject}/imports`, { params, headers, body: file(campaign) });

    expect(again.response.status).toBe(200);
    expect(dataOf(again).sha256).toBe(sha256(campaign));
  });

  it('lists the assessments', async () => {
    const list = dataOf(await client.GET(`${airt}/assessments`, { params: { query: { project_id: project } } }));

    expect(list.total).toBe(2);
    expect(list.assessments.map(({ name }) => name).sort()).toEqual([
      'Sorrel 2.3: multi-turn escalation',
      'Sorrel 2.3: single turn and encodings',
    ]);
  });

  it('lists the findings that a report shows, and sets one aside', async () => {
    const worst = async (): Promise<Schemas['FindingListResponse']> =>
      dataOf(
        await client.GET(`${inProject}/findings`, {
          params: { path: { project }, query: { view: 'report', severity: ['critical', 'high'], page_size: 200 } },
        }),
      );
    const before = await worst();
    expect(new Set(before.findings.map(({ severity }) => severity))).toEqual(new Set(['critical', 'high']));
    const finding_id = before.findings[0]?.id ?? '';

    const triaged = await client.PATCH(`${airt}/findings/{finding_id}`, {
      params: { path: { finding_id } },
      body: { finding_status: 'false_positive', notes: 'The address was invented.' },
    });

    expect(dataOf(triaged)).toMatchObject({ id: finding_id, finding_status: 'false_positive' });
    const after = await worst();
    expect(after.total).toBe(before.total - 1);
    expect(after.findings.map(({ id }) => id)).not.toContain(finding_id);
  });

  it('keeps the report that it wants as a template', async () => {
    const made = await client.POST(`${inProject}/templates`, {
      params: { path: { project } },
      body: { name: 'Quarterly report', preset },
    });

    expect(made.response.status).toBe(201);
    const template = dataOf(made);
    expect(template).toMatchObject({ name: 'Quarterly report', version: 1, preset });
    templateId = template.id;
  });

  it('asks beforehand whether a section would be empty', async () => {
    const params = { path: { project } };
    const full = await client.POST(`${inProject}/reports/preflight`, { params, body: { template_id: templateId } });
    const empty = await client.POST(`${inProject}/reports/preflight`, {
      params,
      body: { preset: { ...preset, filters: { attack_name: ['nobody ran this'] } } },
    });

    expect(dataOf(full)).toEqual({ empty_sections: [] });
    expect(dataOf(empty).empty_sections).toContainEqual({ key: 'findings', title: 'Findings' });
  });

  it('has it explained why, and how large the report would be', async () => {
    const explained = await client.POST(`${inProject}/reports/preflight/explain`, {
      params: { path: { project } },
      body: { preset: { ...preset, filters: { attack_name: ['nobody ran this'] } } },
    });

    const { sections, estimate } = dataOf(explained);
    expect(sections.find(({ key }) => key === 'findings')).toMatchObject({
      empty: true,
      reason: 'filtered_out',
      filter: { to_blame: ['attack_name'] },
    });
    expect(estimate.findings).toBe(0);
  });

  it('looks at the first pages, as a PDF', async () => {
    const preview = await eventually(
      () =>
        client.POST(`${inProject}/reports/preview`, {
          params: { path: { project } },
          body: { template_id: templateId },
          parseAs: 'arrayBuffer',
        }),
      // A busy machine may not make it within the time of a preview.
      ({ response }) => response.status !== 504,
      60_000,
    );

    expect(preview.response.headers.get('content-type')).toBe('application/pdf');
    expect(withoutSpace(await readPdfText(Buffer.from(dataOf(preview))))).toContain('Sorrelunderattack');
  });

  it('orders the report, once for one idempotency key', async () => {
    const order = {
      params: { path: { project }, header: { 'Idempotency-Key': 'quarterly-report-2026-q2' } },
      body: { template_id: templateId },
    };
    const first = await client.POST(`${inProject}/reports/build`, order);
    const again = await client.POST(`${inProject}/reports/build`, order);

    expect(first.response.status).toBe(202);
    build = dataOf(first);
    expect(build).toMatchObject({ status: 'queued', template_id: templateId });
    expect(dataOf(again).job_id).toBe(build.job_id);
    expect(again.response.headers.get('idempotent-replayed')).toBe('true');
  });

  it('is told which sections would be empty when it orders them nevertheless', async () => {
    const refused = await client.POST(`${inProject}/reports/build`, {
      params: { path: { project } },
      body: { preset: { sections: ['findings'], filters: { attack_name: ['nobody ran this'] } } },
    });

    expect(refused.response.status).toBe(422);
    expect(refused.error).toEqual({ empty_sections: [{ key: 'findings', title: 'Findings' }] });
  });

  it('polls until the report is there, and downloads it by the signed URL', async () => {
    build = await polled(build.job_id);

    expect(build).toMatchObject({ status: 'completed', error_message: null });
    const pdf = await download(build);
    expect({ bytes: pdf.length, sha256: sha256(pdf) }).toEqual({
      bytes: build.file_size_bytes,
      sha256: build.sha256,
    });
    expect(withoutSpace(await readPdfText(pdf))).toContain('Sorrelunderattack');
  });

  it('has it built again from the same plan: the same bytes', async () => {
    const retried = await client.POST(`${oneBuild}/retry`, { params: { path: { project, job_id: build.job_id } } });

    expect(retried.response.status).toBe(202);
    const second = await polled(dataOf(retried).job_id);
    expect(second).toMatchObject({ status: 'completed', retry_of: build.job_id, sha256: build.sha256 });
  });

  it('cannot cancel what has ended', async () => {
    const cancelled = await client.POST(`${oneBuild}/cancel`, { params: { path: { project, job_id: build.job_id } } });

    expect(cancelled).toMatchObject({ response: { status: 409 }, error: { code: 409, type: 'conflict_error' } });
  });

  it('deletes the report: its URL is dead, the job gone, the other one stays', async () => {
    const params = { path: { project, job_id: build.job_id } };
    expect((await fetch(build.presigned_url ?? '')).status).toBe(200);

    expect((await client.DELETE(oneBuild, { params })).response.status).toBe(204);

    expect((await fetch(build.presigned_url ?? '')).status).toBe(404);
    expect((await client.GET(oneBuild, { params })).response.status).toBe(404);
    const { builds } = dataOf(
      await client.GET(`${inProject}/reports/build`, {
        params: { path: { project }, query: { status: ['completed', 'failed'] } },
      }),
    );
    expect(builds.map(({ retry_of }) => retry_of)).toEqual([build.job_id]);
  });

  it('deletes the project, and finds nothing of it any more', async () => {
    const params = { path: { project } };

    expect((await client.DELETE(inProject, { params })).response.status).toBe(204);

    const gone = await client.GET(inProject, { params });
    expect(gone).toMatchObject({ response: { status: 404 }, error: { code: 404, type: 'not_found_error' } });
  });
});

function formOf(file: Buffer<ArrayBuffer>): FormData {
  const form = new FormData();
  form.set('file', new Blob([file]), 'campaign.ndjson');
  return form;
}
