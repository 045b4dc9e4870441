import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { PNG } from 'pngjs';

import { airtFile, spreadRuns } from './support/airt-file.ts';
import { TestBucket } from './support/bucket.ts';
import { eventually } from './support/eventually.ts';
import { download, type BuildAnswer, type ImportAnswer, TestProject, usualSections } from './support/project.ts';
import { rowsOf } from './support/rows.ts';
import { startService, type ServiceUnderTest } from './support/service.ts';

describe('deletes', () => {
  let service: ServiceUnderTest;
  let bucket: TestBucket;

  beforeAll(async () => {
    service = await startService({ env: { LOG_LEVEL: 'trace' } });
    bucket = new TestBucket(service.bucket);
  });

  afterAll(async () => {
    await service.stop();
  });

  it('leave no row, object, file or log line with anything of a project', async () => {
    const marker = 'quetzal7f3a';
    const { api } = service;
    await api.post(`${api.airt}/projects`, { slug: marker, name: `Name ${marker}`, description: `About ${marker}` });
    const project = TestProject.of(api, marker);
    const file = markedFile(marker);
    await project.import(file, { name: `${marker}.ndjson` });
    await project.import(`${file}not JSON ${marker}\n`, { name: `broken-${marker}.ndjson` });
    const sections = {
      sections: usualSections,
      filters: { attack_name: [`attack ${marker}`] },
      branding: branding(marker),
    };
    const { body: built } = await project.build(sections, { 'Idempotency-Key': `key-${marker}` });
    const report = await project.ended(built.job_id);
    expect(report.status).toBe('completed');
    await download(report);
    const template = { name: `Template ${marker}`, description: marker, preset: { sections: usualSections } };
    expect((await project.api.post(project.path('/templates'), template)).status).toBe(201);
    const logo = await uploadLogo(service, project);
    expect(await bucket.keys()).toContain(logo);
    await project.api.get(project.path('/export'));
    await project.api.get(project.path(`/findings?attack_name=attack%20${marker}`));
    await service.restart();
    expect(await traces(service, marker)).toContain('findings.trial');
    const { body: late } = await project.build(sections);

    const gone = await project.api.send('DELETE', project.path(''));

    expect(gone.status).toBe(204);
    expect(
      await eventually(
        () => traces(service, marker),
        (seen) => seen.length === 0,
      ),
    ).toEqual([]);
    expect(
      await eventually(
        () => objectsOf(bucket, [report, late]),
        (keys) => keys.length === 0,
      ),
    ).toEqual([]);
    await eventually(
      () => bucket.keys(),
      (keys) => !keys.includes(logo),
    );
    expect(linesWith(service.logs(), marker)).toEqual([]);
    expect((await project.api.send('DELETE', project.path(''))).status).toBe(404);
    expect((await project.readBuild(report.job_id)).status).toBe(404);
  });

  it('of a workspace take its projects with all of theirs, its roles and its keys', async () => {
    const marker = 'axolotl2b9c';
    const { api } = service;
    const org = `/api/v1/org/${api.org}`;
    const lab = `${org}/ws/${marker}`;
    expect((await api.post(`${org}/ws`, { slug: marker, name: `Name ${marker}` })).status).toBe(201);
    const reports: BuildAnswer[] = [];
    for (const slug of ['one', 'two']) {
      const path = `${lab}/airt/projects/${slug}`;
      expect((await api.post(`${lab}/airt/projects`, { slug, name: `${slug} ${marker}` })).status).toBe(201);
      expect((await api.post(`${path}/imports`, markedFile(marker))).status).toBe(201);
      const { body } = await api.post<{ job_id: string }>(`${path}/reports/build`, {
        preset: { sections: usualSections },
      });
      reports.push(
        await eventually(
          async () => (await api.get<BuildAnswer>(`${path}/reports/build/${body.job_id}`)).body,
          ({ status }) => status === 'completed',
        ),
      );
    }
    const held = await api.post<{ id: string; key: string }>(`${org}/keys`, {
      name: `key ${marker}`,
      workspace: marker,
      scopes: ['read'],
    });
    expect(held.status).toBe(201);
    expect((await api.get(lab, { key: held.body.key })).status).toBe(200);

    expect((await api.send('DELETE', lab)).status).toBe(204);

    expect(
      await eventually(
        () => traces(service, marker),
        (seen) => seen.length === 0,
      ),
    ).toEqual([]);
    await eventually(
      () => objectsOf(bucket, reports),
      (keys) => keys.length === 0,
    );
    expect((await api.get(org, { key: held.body.key })).status).toBe(401);
    expect((await api.send('DELETE', lab)).status).toBe(404);
    const { body: audit } = await api.get<{ entries: { action: string }[] }>(`${org}/audit?limit=3`);
    expect(audit.entries.map(({ action }) => action)).toEqual([
      'workspace.deleted',
      'project.deleted',
      'project.deleted',
    ]);
  });

  it('of an import take its own marks and leave those of the others', async () => {
    const project = await TestProject.make(service.api);
    const kept = await imported(
      project,
      airtFile({ id: 'both', name: 'Both', description: 'word of kept5a1' }, [run('r', 'kept5a1')]),
    );
    const { body: before } = await project.api.get(project.path('/export'));
    const gone = await imported(
      project,
      airtFile({ id: 'both', name: 'gone9c2', description: 'word of gone9c2' }, [
        run('r', 'gone9c2'),
        run('s', 'gone9c2'),
      ]),
      {
        name: 'gone9c2.ndjson',
      },
    );
    const { body: alone } = await project.build();
    expect(await project.ended(alone.job_id)).toMatchObject({ status: 'completed' });

    const answers = [await remove(project, gone.id), await remove(project, gone.id)];

    expect(answers).toEqual([204, 404]);
    expect(
      await eventually(
        () => traces(service, 'gone9c2'),
        (seen) => seen.length === 0,
      ),
    ).toEqual([]);
    expect(await traces(service, 'kept5a1')).toContain('findings.attack_run');
    expect((await project.api.get(project.path('/export'))).body).toBe(before);
    expect((await project.readBuild(alone.job_id)).body).toMatchObject({ status: 'expired', presigned_url: null });
    expect(
      await eventually(
        () => objectsOf(bucket, [alone]),
        (keys) => keys.length === 0,
      ),
    ).toEqual([]);
    expect(kept.attack_runs).toBe(1);
  });

  it('of the middle one of three versions leave the newest current', async () => {
    const project = await TestProject.make(service.api);
    const versions = [];
    for (const version of ['one', 'two', 'three']) {
      versions.push(
        await imported(project, airtFile({ id: 'a' }, [{ id: 'r', score: 0.9, goal: `version ${version}` }])),
      );
    }
    const goals = async (): Promise<unknown> => (await project.findings()).body.findings.map(({ goal }) => goal);

    await remove(project, versions[1]?.id ?? '');
    expect(await goals()).toEqual(['version three']);
    await remove(project, versions[2]?.id ?? '');
    expect(await goals()).toEqual(['version one']);
    await remove(project, versions[0]?.id ?? '');

    expect(await goals()).toEqual([]);
    const { body } = await project.api.get<{ total_assessments: number }>(project.path('/summary'));
    expect(body.total_assessments).toBe(0);
  });

  it('of an import let the same file be imported again', async () => {
    const project = await TestProject.make(service.api);
    const file = airtFile({ id: 'a' }, spreadRuns(5));
    await remove(project, (await imported(project, file)).id);

    const { status, body } = await project.import(file);

    expect({ status, runs: body.attack_runs }).toEqual({ status: 201, runs: 5 });
  });

  it('of an assessment take it from every import, and the imports that fed nothing else', async () => {
    const project = await TestProject.make(service.api);
    const file = airtFile({ id: 'gone3d8' }, [run('r', 'gone3d8')]);
    await imported(project, file, { name: 'gone3d8.ndjson' });
    const two = file + airtFile({ id: 'stays' }, [run('r', 'stays')]);
    await imported(project, two);
    const [assessment] = await rowsOf<{ id: string }>(
      service,
      `select id from findings.assessment where key = 'gone3d8'`,
    );
    const path = `${service.api.airt}/assessments/${assessment?.id ?? ''}`;
    const reported = async (): Promise<string> => {
      const { body } = await project.build();
      return (await project.ended(body.job_id)).sha256 ?? '';
    };
    const full = await reported();

    const answers = [await service.api.send('DELETE', path), await service.api.send('DELETE', path)];

    expect(answers.map(({ status }) => status)).toEqual([204, 404]);
    expect(
      await eventually(
        () => traces(service, 'gone3d8'),
        (seen) => seen.length === 0,
      ),
    ).toEqual([]);
    expect((await project.findings()).body.total).toBe(1);
    const { body: imports } = await project.api.get<{ total: number }>(project.path('/imports'));
    expect(imports.total).toBe(1);
    expect(await reported()).not.toBe(full);
    // What is left of the file is no longer the file.
    expect((await project.import(two)).status).toBe(201);
    expect((await project.findings()).body.total).toBe(2);
  });

  it('of an assessment in another workspace find nothing', async () => {
    const project = await TestProject.make(service.api);
    await imported(project, airtFile({ id: 'mine' }, spreadRuns(1)));
    const [assessment] = await rowsOf<{ id: string }>(service, `select id from findings.assessment where key = 'mine'`);
    await rowsOf(
      service,
      `insert into projects.workspace (id, organization_id, slug, name)
       select gen_random_uuid(), id, 'elsewhere', 'Elsewhere' from projects.organization where slug = 'demo'`,
    );

    const elsewhere = `/api/v1/org/demo/ws/elsewhere/airt/assessments/${assessment?.id ?? ''}`;

    expect((await service.api.send('DELETE', elsewhere)).status).toBe(404);
    expect((await project.findings()).body.total).toBe(1);
  });

  it('while an import of the project is on its way leave nothing of it, and tell its caller', async () => {
    const project = await TestProject.make(service.api);
    const file = new TextEncoder().encode(airtFile({ id: 'moving1e4' }, spreadRuns(2_000)));
    let goOn: (() => void) | undefined;
    const half = new Promise<void>((resolve) => (goOn = resolve));
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        controller.enqueue(file.slice(0, 50_000));
        await half;
        controller.enqueue(file.slice(50_000));
        controller.close();
      },
    });
    const answer = project.api.post(project.path('/imports'), body, { headers: { 'X-File-Name': 'moving1e4' } });
    await eventually(
      () => traces(service, 'moving1e4'),
      (seen) => seen.length > 0,
    );

    expect((await project.api.send('DELETE', project.path(''))).status).toBe(204);
    goOn?.();

    expect((await answer).status).toBe(404);
    expect(await traces(service, 'moving1e4')).toEqual([]);
    expect(await readdir(join(service.dataDir, 'spool'))).toEqual([]);
  });

  it('of data that a waiting build would read let it say that there is none', async () => {
    const project = await TestProject.make(service.api);
    const { id } = await imported(project, airtFile({ id: 'a' }, spreadRuns(10)));
    const { body } = await project.build();
    await remove(project, id);

    const build = await project.ended(body.job_id);

    // It was built before the delete and expired with it, or after it and without the data; it never failed.
    expect(['completed', 'expired']).toContain(build.status);
  });
});

async function uploadLogo(service: ServiceUnderTest, project: TestProject): Promise<string> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(PNG.sync.write(new PNG({ width: 4, height: 4 })))]), 'logo.png');
  const answer = await fetch(`${service.baseUrl}${project.path('/branding/logo')}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${service.api.key}` },
    body: form,
  });
  return ((await answer.json()) as { logo_oid: string }).logo_oid;
}

const run = (id: string, marker: string): { id: string; score: number; [field: string]: unknown } => ({
  id,
  score: 0.9,
  goal: `goal ${marker}`,
  prompt: `prompt ${marker}`,
  response: `response ${marker}`,
  notes: `notes ${marker}`,
});

/** The marker in every field that takes text. */
function markedFile(marker: string): string {
  const text = (field: string): string => `${field} ${marker}`;
  return [
    {
      type: 'assessment',
      id: text('id'),
      name: text('name'),
      description: text('description'),
      target_model: text('target'),
      attacker_model: text('attacker'),
      judge_model: text('judge'),
      target_config: { [marker]: marker },
      attacker_config: { key: marker },
      attack_manifest: [marker],
      source_reported: { claim: marker },
      detector: text('detector'),
    },
    {
      type: 'attack_run',
      id: text('run'),
      assessment: text('id'),
      attack_name: `attack ${marker}`,
      goal: text('goal'),
      goal_category: text('goal category'),
      category: text('category'),
      sub_category: text('sub'),
      risk_domain: text('domain'),
      transforms_applied: [text('transform')],
      compliance_tags: [text('tag')],
      source_grade: text('grade'),
      notes: text('notes'),
    },
    {
      type: 'trial',
      id: text('trial'),
      attack_run: text('run'),
      score: 0.95,
      detector: text('detector'),
      secondary_scores: { [marker]: 0.5 },
      original_prompt: text('original'),
      prompt: text('prompt'),
      response: text('response'),
      reasoning: text('reasoning'),
      triggers: [text('trigger')],
      turns: [{ role: text('role'), content: text('content') }],
    },
    { type: text('unknown type') },
  ]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');
}

const branding = (marker: string): object => ({
  company_name: `Company ${marker}`,
  report_title: `Title ${marker}`,
  confidentiality_footer: `Footer ${marker}`,
});

async function imported(project: TestProject, file: string, options = {}): Promise<ImportAnswer> {
  const { status, body } = await project.import(file, options);
  expect(status).toBe(201);
  return body;
}

const remove = async (project: TestProject, importId: string): Promise<number> =>
  (await project.api.send('DELETE', project.path(`/imports/${importId}`))).status;

/** Tables, and files of the data folder, that hold the marker anywhere: every column of every row, as text. */
async function traces(service: ServiceUnderTest, marker: string): Promise<string[]> {
  const tables = await rowsOf<{ name: string }>(
    service,
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await rowsOf(service, `select from ${name} t where t::text like $1 limit 1`, [`%${marker}%`]);
    if (rows.length > 0) found.push(name);
  }
  for (const file of await readdir(service.dataDir, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const path = join(file.parentPath, file.name);
    const text = await readFile(path, 'latin1').catch(() => '');
    if (text.includes(marker)) found.push(path);
  }
  return found;
}

async function objectsOf(bucket: TestBucket, builds: readonly Pick<BuildAnswer, 'job_id'>[]): Promise<string[]> {
  const keys = await bucket.keys();
  return keys.filter((key) => builds.some(({ job_id: id }) => key.includes(id)));
}

const linesWith = (logs: string, marker: string): string[] => logs.split('\n').filter((line) => line.includes(marker));
