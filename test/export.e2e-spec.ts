import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Ajv2020 } from 'ajv/dist/2020.js';

import { airtFile, spreadRuns } from './support/airt-file.ts';
import { sha256 } from './support/bucket.ts';
import { describeWhen } from './support/describe-when.ts';
import { download, TestProject } from './support/project.ts';
import { rowsOf } from './support/rows.ts';
import { startService, type ServiceUnderTest } from './support/service.ts';
import { sharedService, type SharedService } from './support/shared-service.ts';

const demo = join(__dirname, '../apps/quickstart/demo/campaign.ndjson');
const samples = process.env['AIRT_SAMPLES_DIR'];

/** Everything that can be printed of a project. */
const everything = {
  sections: [
    'executive_summary',
    'risk_score_metrics',
    'severity_breakdown',
    'asr_by_attack',
    'asr_by_category',
    'asr_by_goal',
    'transform_effectiveness',
    'findings',
    'evidence',
    'compliance',
    'recommendations',
    'methodology',
  ],
  compliance_frameworks: ['owasp_llm_top_10', 'mitre_atlas'],
};

describe('an export of a project', () => {
  let here: SharedService;
  /** Another installation: no id, no database and no bucket in common. */
  let there: ServiceUnderTest;

  beforeAll(async () => {
    [here, there] = await Promise.all([sharedService(), startService()]);
  });

  afterAll(async () => {
    await there.stop();
  });

  it('of the demo campaign gives the same numbers, findings and report elsewhere', async () => {
    const original = await TestProject.make(here.api, 'demo-campaign');
    await original.import(await readFile(demo), { name: 'campaign.ndjson' });

    await expectRoundTrip(original, there);
  });

  it('carries triage, severities set by hand, and what later imports superseded', async () => {
    const original = await TestProject.make(here.api, 'history');
    const spring = spreadRuns(40);
    await original.import(airtFile({ id: 'spring', coverage: 'full' }, spring), { name: 'spring 1.ndjson' });
    await original.import(airtFile({ id: 'spring', description: 'second look' }, spring.slice(10, 20)), {
      name: 'spring 2.ndjson',
      query: '?threshold=0.3',
    });
    await original.import(airtFile({ id: 'hits', coverage: 'hits_only', detector: 'rubric 2' }, spring.slice(0, 5)), {
      query: '?name=Hits',
    });
    await original.import(airtFile({ id: 'none yet', started_at: null, status: 'running' }, []));
    await triage(original, here);

    await expectRoundTrip(original, there);
  });

  it('carries where an assessment ran, and what its runs fall back to under another severity policy', async () => {
    const original = await TestProject.make(here.api, 'where-it-ran');
    const ran = {
      runtime_id: '7a0d8c4e-53b1-4f0e-9a52-1f6b9f0c2d11',
      session_id: '0c1e9b7d-2a64-4b8f-8e0d-6f5a4c3b2a10',
      workflow_run_id: 'nightly 42',
      workflow_script: 'attack(goal).run()',
    };
    const runs = spreadRuns(6).map((run, index) => ({ ...run, default_severity: index % 2 === 0 ? 'low' : 'high' }));
    await original.import(airtFile({ id: 'nightly', ...ran }, runs));

    await expectRoundTrip(original, there);

    const facts = (service: SharedService | ServiceUnderTest): Promise<readonly object[]> =>
      rowsOf(
        service,
        `select a.runtime_id, a.session_id, a.workflow_run_id, a.workflow_script,
           (select array_agg(distinct r.default_severity order by r.default_severity)
            from findings.attack_run r where r.assessment_id = a.id) as defaults
         from findings.assessment a where a.key = 'nightly'`,
      );
    expect(await facts(here)).toEqual([{ ...ran, defaults: ['high', 'low'] }]);
    expect(await facts(there)).toEqual(await facts(here));
  });

  it('keeps what is odd: equal names, whitespace, empty answers, turns, adversarial runs', async () => {
    const original = await TestProject.make(here.api, 'oddities');
    const lines = [
      {
        type: 'assessment',
        id: 'k1',
        name: 'Twin',
        source_reported: { asr: '12 %' },
        created_at: '2026-01-05T10:00:00.5Z',
      },
      { type: 'assessment', id: 'Twin', name: 'k1', target_config: { a: null, list: [1, { b: null }] } },
      {
        type: 'attack_run',
        id: 'r',
        assessment: 'k1',
        attack_name: 'direct',
        created_at: '2026-01-05T10:00:00.123456Z',
      },
      { type: 'trial', id: ' t ', attack_run: 'r', score: 0.123456789012345, response: '', prompt: '  two\n lines\t' },
      { type: 'trial', attack_run: 'r', score: 0.7, response: 'yes', secondary_scores: { b: null, a: 0.5 } },
      {
        type: 'attack_run',
        id: 'r',
        assessment: 'Twin',
        attack_name: 'crescendo',
        severity: 'low',
        category: 'Ärger & Not',
      },
      {
        type: 'trial',
        attack_run: 'r',
        outcome: 'succeeded',
        turns: [
          { role: 'user', content: 'a' },
          { role: 'assistant', content: '' },
        ],
        triggers: Array.from({ length: 300 }, (_, index) => `word ${index}`),
      },
      { type: 'attack_run', id: 'empty', assessment: 'Twin', attack_name: 'none' },
      {
        type: 'attack_run',
        id: 'ml',
        assessment: 'Twin',
        attack_name: 'hop-skip',
        attack_domain: 'adversarial_ml',
        finding_type: 'evasion',
        outcome: 'succeeded',
        best_score: 0.4,
        distance_norm: 'l2',
        distance_value: 0.25,
      },
    ];
    await original.import(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

    await expectRoundTrip(original, there, { ...everything, include_adversarial: true });
  });

  describeWhen(samples !== undefined, 'AIRT_SAMPLES_DIR: round trip of real files')('of real files', () => {
    const files = [
      'garak/report_test.report.jsonl',
      'garak/agg.report.jsonl',
      'garak/test_with_ci.report.jsonl',
      'garak-trustyai/garak_earlystop_run.jsonl',
      'defectdojo/garak_no_hits.jsonl',
      'defectdojo/garak_many_hits.hitlog.jsonl',
      'defectdojo/garak_varied_scores.hitlog.jsonl',
      'defectdojo/promptfoo_many_findings.json',
      'promptfoo/Security_Prompt_Injection_Resilience_results.json',
      'promptfoo/report_my-red-team-configuration.csv',
      'azure-redteam/Lab2d-Custom-Prompt-Scan.json',
    ];

    it('of every format in one project gives the same report', async () => {
      const original = await TestProject.make(here.api, 'samples');
      for (const file of files) {
        const { status } = await original.import(await readFile(join(samples ?? '', file)), { name: file });
        expect({ file, status }).toEqual({ file, status: 201 });
      }

      await expectRoundTrip(original, there);
    });
  });

  it('holds no import twice: the file that it came from changes nothing there', async () => {
    const original = await TestProject.make(here.api, 'same-file');
    const file = airtFile({ id: 'a' }, spreadRuns(5));
    await original.import(file, { name: 'a.ndjson' });
    const copy = await TestProject.make(there.api, 'same-file');
    await copy.import(await exported(original));

    const { status, body } = await copy.import(file, { name: 'a.ndjson' });

    expect({ status, file: body }).toMatchObject({ status: 200, file: { attack_runs: 5, format: 'airt' } });
  });

  it('is our own format, strictly: what it may not hold is refused with its line', async () => {
    const project = await TestProject.make(there.api);
    const source = {
      type: 'source',
      id: '1',
      sha256: 'a'.repeat(64),
      format: 'airt',
      options_hash: 'b'.repeat(64),
      created_at: '2026-01-01T00:00:00Z',
      completed_at: '2026-01-01T00:00:00Z',
    };
    const run = { type: 'attack_run', assessment: 'a', attack_name: 'direct' };
    const begin = { type: 'export', version: 1 };
    const refused = async (...lines: readonly object[]): Promise<unknown> => {
      const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
      const { status, body } = await project.import<{ errors?: readonly { loc: unknown; type: string }[] }>(text);
      return { status, at: body.errors?.map(({ loc, type }) => ({ loc, type })) };
    };
    const at = (line: number, field: string, type: string): unknown => ({
      status: 400,
      at: [{ loc: ['line', line, field], type }],
    });
    const assessment = { type: 'assessment', name: 'a' };

    expect(await refused({ ...begin, version: 2 })).toEqual(at(1, 'version', 'type_error'));
    expect(await refused(assessment, begin)).toEqual(at(2, 'type', 'value_error'));
    expect(await refused(assessment, source)).toEqual(at(2, 'type', 'value_error'));
    expect(await refused(begin, source, source)).toEqual(at(3, 'id', 'value_error'));
    expect(await refused(begin, { ...source, sha256: 'nonsense' })).toEqual(at(2, 'sha256', 'type_error'));
    expect(await refused(begin, { ...source, format: 'csv' })).toEqual(at(2, 'format', 'type_error'));
    expect(await refused(begin, source, assessment, run)).toEqual(at(4, 'source', 'missing'));
    expect(await refused(begin, source, assessment, { ...run, source: '2' })).toEqual(
      at(4, 'source', 'unknown_reference'),
    );
    expect(await refused(begin, source, { ...assessment, sources: [{ source: '1' }] })).toEqual(
      at(3, 'sources', 'type_error'),
    );
    expect(await refused(assessment, { ...run, source: '1' })).toEqual(at(2, 'source', 'value_error'));
    expect(await refused(assessment, { ...run, finding_type: 'jailbreak' })).toEqual(
      at(2, 'finding_type', 'type_error'),
    );
  });

  it('answers 404 for a project that is not there', async () => {
    const { status } = await here.api.get(here.api.project('no-such-project', '/export'));

    expect(status).toBe(404);
  });
});

async function exported(project: TestProject): Promise<string> {
  const { status, headers, body } = await project.api.get<string>(project.path('/export'));
  expect({ status, type: headers.get('content-type') }).toEqual({ status: 200, type: 'application/x-ndjson' });
  expect(headers.get('content-disposition')).toBe(`attachment; filename="airt-export-${project.slug}.ndjson"`);
  const broken = body
    .split('\n')
    .filter((line) => line !== '' && !isValidLine(JSON.parse(line)))
    .slice(0, 3);
  expect({ broken, whole: body.endsWith('\n') }).toEqual({ broken: [], whole: true });
  return body;
}

const published = new Ajv2020({ strict: false });
const isValidLine = published.compile(
  JSON.parse(readFileSync(join(__dirname, '../docs/airt-ndjson.schema.json'), 'utf8')) as object,
);

/** Imports the export into an empty project of the same name elsewhere, and compares all that can be seen of both. */
async function expectRoundTrip(
  original: TestProject,
  there: ServiceUnderTest,
  preset: object = everything,
): Promise<void> {
  const first = await exported(original);
  const copy = await TestProject.make(there.api, original.slug);
  const { status, body } = await copy.import(first, { name: 'export.ndjson' });
  expect({ status, errors: body.errors }).toEqual({ status: 201, errors: [] });

  expect(await exported(copy)).toBe(first);
  expect(await seen(copy)).toEqual(await seen(original));
  expect(await report(copy, preset)).toEqual(await report(original, preset));
}

async function seen(project: TestProject): Promise<unknown> {
  const read = async (below: string): Promise<unknown> => {
    const { status, body } = await project.api.get(project.path(below));
    expect({ below, status }).toEqual({ below, status: 200 });
    return withoutIds(body);
  };
  return {
    summary: withoutTies(await read('/summary')),
    assessments: await read('/assessments'),
    findings: await allFindings(project, 'view=all'),
    reported: await allFindings(project, 'view=report'),
  };
}

/** Every page. Equal places of the list are told apart by id, which is another there: so sorted by what they say. */
async function allFindings(project: TestProject, query: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (let page = 1; ; page += 1) {
    const { status, body } = await project.findings(`?${query}&page_size=200&page=${page}`);
    expect(status).toBe(200);
    found.push(...body.findings.map((finding) => JSON.stringify(withoutIds(finding))));
    if (body.findings.length < 200) return found.sort();
  }
}

/** Which of equally bad findings are named first hangs on their ids; how bad the first ones are does not. */
function withoutTies(summary: unknown): unknown {
  const { top_findings: top, ...numbers } = summary as { readonly top_findings: readonly Record<string, unknown>[] };
  return { ...numbers, top: top.map(({ severity, best_score: score }) => ({ severity, score })) };
}

/** Ids are made anew with each row, and so is the time of its last change. */
function withoutIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutIds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !/^(id|.*_id|updated_at)$/.test(key))
      .map(([key, member]) => [key, withoutIds(member)]),
  );
}

async function report(project: TestProject, preset: object): Promise<unknown> {
  const { body: empty } = await project.preflight({ ...preset });
  const without = new Set(empty.empty_sections.map(({ key }) => key));
  const sections = everything.sections.filter((key) => !without.has(key));
  const { status, body } = await project.build({ ...preset, sections });
  expect({ status, body }).toMatchObject({ status: 202 });
  const build = await project.ended(body.job_id, 120_000);
  expect({ status: build.status, error: build.error_message }).toEqual({ status: 'completed', error: null });
  return { sections, sha256: sha256(await download(build)), bytes: build.file_size_bytes };
}

/** As the triage of findings writes it. */
async function triage({ slug }: TestProject, service: SharedService): Promise<void> {
  await rowsOf(
    service,
    `update findings.attack_run set
       finding_status = (array['false_positive', 'accepted_risk', 'remediated', 'incorrect_scoring'])[1 + ordinal % 4],
       notes = 'seen by ' || ordinal,
       severity = 'critical', severity_source = 'human'
     where superseded_by is null and ordinal % 3 = 0 and run_key like 'run-%'
       and project_id = (select id from projects.project where slug = $1)`,
    [slug],
  );
}
