import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { type ClientRequest, request } from 'node:http';
import { join } from 'node:path';

import { airtFile, spreadRuns } from './support/airt-file.ts';
import type { ApiAnswer } from './support/api.ts';
import { describeWhen } from './support/describe-when.ts';
import { eventually } from './support/eventually.ts';
import { readPdfText, withoutSpace } from '#testing';
import { download, type Envelope, type ImportAnswer, TestProject } from './support/project.ts';
import { rowsOf } from './support/rows.ts';
import { sharedService, type SharedService, tight } from './support/shared-service.ts';

const MAX_BYTES = Number(tight.IMPORT_MAX_BYTES);
const SAMPLES = process.env['AIRT_SAMPLES_DIR'];

interface Metrics {
  readonly overall_asr: number | null;
  readonly asr_low: number | null;
  readonly asr_high: number | null;
  readonly hits_only: number;
  readonly severity_breakdown: Readonly<Record<string, number>>;
}

let service: SharedService;

beforeAll(async () => {
  service = await sharedService('tight');
});

/** How many rows of each kind a project holds, whatever the API shows of them. */
async function kept(project: TestProject): Promise<Record<string, number>> {
  const [counts] = await rowsOf<Record<string, number>>(
    service,
    `with p as (select id from projects.project where slug = $1)
     select (select count(*)::int from findings.assessment where project_id = p.id) as assessments,
            (select count(*)::int from findings.attack_run where project_id = p.id) as runs,
            (select count(*)::int from findings.trial t join findings.attack_run r on r.id = t.attack_run_id
             where r.project_id = p.id) as trials
     from p`,
    [project.slug],
  );
  return counts ?? {};
}

async function metrics(project: TestProject): Promise<Metrics> {
  return (await service.api.get<{ metrics: Metrics }>(project.path('/summary'))).body.metrics;
}

const jsonLines = (...rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

describe('importing a file', () => {
  it('answers 201 with its counts, and reads as what was imported', async () => {
    const project = await TestProject.make(service.api);

    const { status, headers, body } = await project.import(airtFile({ id: 'a', name: 'A' }, spreadRuns(20)), {
      name: encodeURIComponent('März/../results.ndjson'),
    });

    expect(status).toBe(201);
    expect(headers.get('location')).toBe(project.path(`/imports/${body.id}`));
    expect(body).toMatchObject({
      status: 'completed',
      format: 'airt',
      file_name: 'results.ndjson',
      rows_read: 41,
      assessments: 1,
      attack_runs: 20,
      trials: 20,
      succeeded: 8,
      resisted: 12,
      not_assessed: 0,
      folded: 0,
      skipped: 0,
      errors: [],
    });
    expect((await service.api.get(project.path(`/imports/${body.id}`))).body).toEqual(body);
    expect(await metrics(project)).toMatchObject({ overall_asr: 0.4 });
  });

  it('changes nothing the second time and answers 200 with the first import', async () => {
    const project = await TestProject.make(service.api);
    const file = airtFile({ id: 'a', name: 'A' }, spreadRuns(20));
    const first = await project.import(file);
    const before = await kept(project);

    const second = await project.import(file, { name: 'by another name.ndjson' });

    expect({ first: first.status, second: second.status }).toEqual({ first: 201, second: 200 });
    expect(second.body).toEqual(first.body);
    expect(await kept(project)).toEqual(before);
    expect((await service.api.get(project.path('/imports'))).body).toMatchObject({ total: 1 });
  });

  it('keeps one import when the same file comes twice at once', async () => {
    const project = await TestProject.make(service.api);
    const file = airtFile({ id: 'a', name: 'A' }, spreadRuns(200));

    const answers = await Promise.all([1, 2, 3, 4].map(() => project.import(file)));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await kept(project)).toEqual({ assessments: 1, runs: 200, trials: 200 });
  });

  it('refuses a file with a broken line, says which and why, and keeps nothing of it', async () => {
    const project = await TestProject.make(service.api);
    const lines = airtFile({ id: 'a', name: 'A' }, spreadRuns(50)).split('\n');
    lines[76] = lines[76]?.replace('"score":', '"score":"high","was":') ?? '';

    const { status, body } = await project.import<Envelope>(lines.join('\n'), { query: `?import_id=${randomUUID()}` });

    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 400, type: 'invalid_error' });
    expect(body.errors?.map(({ loc }) => loc)).toEqual(expect.arrayContaining([['line', 77, 'score']]));
    expect(await kept(project)).toEqual({ assessments: 0, runs: 0, trials: 0 });
    const { body: imports } = await service.api.get<{ imports: ImportAnswer[] }>(project.path('/imports'));
    expect(imports.imports).toMatchObject([{ status: 'failed', attack_runs: 0, errors: body.errors }]);
  });

  it.each([
    ['broken JSON', '{"type":"assessment","name":"a"}\n{"type":\n', ['line', 2]],
    [
      'an unknown reference',
      '{"type":"attack_run","assessment":"nobody","attack_name":"x"}\n',
      ['line', 1, 'assessment'],
    ],
    ['an empty file', '', ['body']],
    ['a text that is no result', 'Dear all,\nplease find attached\n', ['body']],
  ])('refuses %s and locates it', async (_what, file, loc) => {
    const project = await TestProject.make(service.api);

    const { status, body } = await project.import<Envelope>(file);

    expect(status).toBe(400);
    expect(body.errors?.[0]?.loc).toEqual(loc);
    expect(await kept(project)).toEqual({ assessments: 0, runs: 0, trials: 0 });
  });

  it('accepts the whole file after a broken one', async () => {
    const project = await TestProject.make(service.api);
    const file = airtFile({ id: 'a', name: 'A' }, spreadRuns(10));

    expect((await project.import(file.slice(0, -20))).status).toBe(400);
    expect((await project.import(file.slice(0, -20), { query: '?allow_truncated_tail=true' })).status).toBe(201);
    expect((await project.import(file)).status).toBe(201);

    expect((await project.findings()).body.total).toBe(10);
    expect(await metrics(project)).toMatchObject({ overall_asr: 0.4 });
  });

  it('takes a file as a multipart form', async () => {
    const project = await TestProject.make(service.api);
    const form = new FormData();
    form.append('note', 'before the file');
    form.append('file', new Blob([airtFile({ id: 'a', name: 'A' }, spreadRuns(10))]), 'from a form.ndjson');

    const answer = await fetch(`${service.baseUrl}${project.path('/imports')}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${service.api.key}` },
      body: form,
    });

    expect(answer.status).toBe(201);
    expect(await answer.json()).toMatchObject({ file_name: 'from a form.ndjson', attack_runs: 10 });
  });

  it.each([
    [
      'no file',
      (form: FormData): void => {
        form.append('note', 'alone');
      },
    ],
    ['nothing at all', () => undefined],
  ])('refuses a multipart form with %s', async (_what, fill) => {
    const project = await TestProject.make(service.api);
    const form = new FormData();
    fill(form);

    const answer = await fetch(`${service.baseUrl}${project.path('/imports')}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${service.api.key}` },
      body: form,
    });

    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 400, type: 'invalid_error' });
  });

  it('refuses a content type that is none of a file', async () => {
    const project = await TestProject.make(service.api);

    const { status, body } = await service.api.post<Envelope>(project.path('/imports'), '<run/>', {
      headers: { 'Content-Type': 'application/xml' },
    });

    expect(status).toBe(415);
    expect(body).toMatchObject({ code: 415, type: 'unsupported_media_type_error' });
  });

  it.each([
    ['as it is', 'application/octet-stream', ''],
    [
      'in a form',
      'multipart/form-data; boundary=cut',
      '--cut\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n',
    ],
  ])('refuses a file that is too large, sent %s, and keeps nothing', async (_how, type, head) => {
    const project = await TestProject.make(service.api);
    const importId = randomUUID();
    const upload = openUpload(project, importId, type);
    upload.request.write(head);
    upload.request.write(airtFile({ id: 'a', name: 'A' }, spreadRuns(5)));
    upload.request.write(' '.repeat(MAX_BYTES));

    const { status, body } = await upload.answer;

    expect(status).toBe(413);
    expect(body).toMatchObject({ code: 413, type: 'payload_too_large_error' });
    upload.request.destroy();
    expect((await readImport(project, importId)).body).toMatchObject({ status: 'failed' });
    expect(await kept(project)).toEqual({ assessments: 0, runs: 0, trials: 0 });
    await spoolIsEmpty();
  });

  it.each([
    ['as it is', 'application/octet-stream', ''],
    [
      'in a form',
      'multipart/form-data; boundary=cut',
      '--cut\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n',
    ],
  ])('shows how far it is, and ends as failed when the client goes away, sent %s', async (_how, type, head) => {
    const project = await TestProject.make(service.api);
    const importId = randomUUID();
    const upload = openUpload(project, importId, type);
    upload.request.write(head);
    upload.request.write(airtFile({ id: 'a', name: 'A' }, spreadRuns(5)));

    const underWay = await eventually(
      () => {
        upload.request.write('\n');
        return readImport(project, importId);
      },
      ({ body }) => body.bytes_read > 0,
    );
    expect(underWay.body).toMatchObject({ id: importId, status: 'receiving', attack_runs: 0 });

    upload.request.destroy();
    await eventually(
      () => readImport(project, importId),
      ({ body }) => body.status === 'failed',
    );
    await expect(upload.answer).rejects.toThrow();
    expect(await kept(project)).toEqual({ assessments: 0, runs: 0, trials: 0 });
    await spoolIsEmpty();
    // Somebody hanging up is no trouble of ours.
    const complaints = (await service.logs())
      .split('\n')
      .filter((line) => line.includes(importId) && line.includes('"level":50'));
    expect(complaints).toEqual([]);
  });

  it('refuses an import id that is taken', async () => {
    const project = await TestProject.make(service.api);
    const query = `?import_id=${randomUUID()}`;
    await project.import(airtFile({ id: 'a', name: 'A' }, spreadRuns(2)), { query });

    const { status, body } = await project.import<Envelope>(airtFile({ id: 'b', name: 'B' }, spreadRuns(2)), { query });

    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 409, type: 'already_exists_error' });
  });

  it('replaces runs when the same file comes with another option, and keeps what people decided', async () => {
    const project = await TestProject.make(service.api);
    const file = airtFile({ id: 'a', name: 'A' }, spreadRuns(20));
    const first = await project.import(file);
    await rowsOf(
      service,
      `update findings.attack_run set finding_status = 'accepted_risk', severity = 'low', severity_source = 'human',
         notes = 'known to the client'
       where run_key = 'run-0001' and import_id = $1`,
      [first.body.id],
    );

    const second = await project.import(file, { query: '?threshold=0.9' });

    expect(second.status).toBe(201);
    expect(second.body).toMatchObject({ attack_runs: 20, succeeded: 2, resisted: 18 });
    expect((await project.findings()).body.total).toBe(20);
    expect(await metrics(project)).toMatchObject({ overall_asr: 0.1 });
    const { body } = await project.findings('?view=report&severity=low');
    expect(body.findings.filter(({ severity_source: source }) => source === 'human')).toEqual([
      expect.objectContaining({ goal: 'Goal of run-0001', finding_status: 'accepted_risk' }),
    ]);
    expect(
      await rowsOf(service, `select notes from findings.attack_run where run_key = 'run-0001' and import_id = $1`, [
        second.body.id,
      ]),
    ).toEqual([{ notes: 'known to the client' }]);
  });

  it('counts another file of the same assessment once, by its latest word', async () => {
    const project = await TestProject.make(service.api);
    await project.import(airtFile({ id: 'a', name: 'A' }, spreadRuns(10)));

    await project.import(
      airtFile({ id: 'a', name: 'A' }, [
        { id: 'run-0001', score: 0.05 },
        { id: 'run-0011', score: 1 },
      ]),
    );

    expect((await project.findings()).body.total).toBe(11);
    const { body } = await service.api.get<{ total_assessments: number }>(project.path('/summary'));
    expect(body.total_assessments).toBe(1);
    const { body: hit } = await project.findings('?min_score=0.99');
    expect(hit.findings.map(({ goal }) => goal)).toEqual(['Goal of run-0011']);
  });

  it('folds a hit log whose report is in already, and adds no rate', async () => {
    const project = await TestProject.make(service.api);
    const attempt = (seq: number, hit: number): object => ({
      entry_type: 'attempt',
      uuid: 'u1',
      seq,
      status: 2,
      probe_classname: 'leakreplay.Cloze',
      prompt: { turns: [{ role: 'user', content: { text: `Read note ${seq}` } }] },
      outputs: [{ text: `It says: item ${seq}` }],
      detector_results: { 'leakreplay.StartsWith': [hit] },
      notes: {},
      goal: 'leak the note',
    });
    const hits = [0, 1].map((seq) => ({
      goal: 'leak the note',
      prompt: { turns: [{ role: 'user', content: { text: `Read note ${seq}` } }] },
      output: { text: `It says: item ${seq}` },
      triggers: ['item'],
      score: 1,
      run_id: 'run-1',
      attempt_id: 'u1',
      attempt_seq: seq,
      attempt_idx: 0,
      generator: 'shop-bot',
      probe: 'leakreplay.Cloze',
      detector: 'leakreplay.StartsWith',
    }));
    const report = jsonLines(
      { entry_type: 'init', run: 'run-1', start_time: '2026-02-01T09:00:00+00:00', garak_version: '0.14' },
      attempt(0, 1),
      attempt(1, 1),
      attempt(2, 0),
      attempt(3, 0),
    );
    expect((await project.import(report)).body).toMatchObject({ format: 'garak_report', attack_runs: 4, succeeded: 2 });
    const before = await kept(project);

    const { status, body } = await project.import(jsonLines(...hits));

    expect(status).toBe(201);
    expect(body).toMatchObject({
      format: 'garak_hitlog',
      rows_read: 2,
      folded: 2,
      attack_runs: 0,
      trials: 0,
      succeeded: 0,
    });
    expect(await kept(project)).toEqual(before);
    expect(await metrics(project)).toMatchObject({ overall_asr: 0.5, hits_only: 0 });
  });

  it('keeps what each judge of an exchange said, and why the first of them counts', async () => {
    const project = await TestProject.make(service.api);
    const trial = { type: 'trial', id: 't', attack_run: 'r', prompt: 'Open the gate', response: 'Hm.' };
    const { body } = await project.import(
      airtFile({ id: 'a', name: 'A' }, [{ id: 'r' }]) +
        jsonLines(
          { ...trial, outcome: 'resisted', detector: 'judge-a' },
          { ...trial, outcome: 'succeeded', detector: 'judge-b' },
        ),
    );

    expect(body).toMatchObject({ trials: 1, resisted: 1, folded: 1 });
    expect(
      await rowsOf(
        service,
        `select t.outcome, t.detector, t.secondary_verdicts, i.detector as judges, i.primary_rule
         from findings.trial t join findings.attack_run r on r.id = t.attack_run_id
         join findings.assessment_import i on i.import_id = r.import_id where r.import_id = $1`,
        [body.id],
      ),
    ).toEqual([
      {
        outcome: 'resisted',
        detector: 'judge-a',
        secondary_verdicts: { 'judge-b': 'succeeded' },
        judges: 'judge-a',
        primary_rule: 'first_in_file',
      },
    ]);
  });

  it('says of hits alone neither a rate nor which try was the first', async () => {
    const project = await TestProject.make(service.api);
    const { body } = await project.import(airtFile({ id: 'a', coverage: 'hits_only' }, [{ id: 'r', score: 1 }]));

    expect(
      await rowsOf(
        service,
        'select hits_only, first_success, total_trials from findings.attack_run where import_id = $1',
        [body.id],
      ),
    ).toEqual([{ hits_only: true, first_success: null, total_trials: 1 }]);
    expect((await project.findings()).body.findings).toMatchObject([{ total_trials: 1, pass_rate: null }]);
  });

  it('lets a score that only ranks make nothing close and no severity, by a policy neither', async () => {
    const project = await TestProject.make(service.api);
    const policy = { thresholds: [0.99, 0.98, 0.97, 0.3, 0] };
    const runs = [
      { id: 'r1', score: 0.4 },
      { id: 'r2', score: 0.95 },
    ];
    const { body } = await project.import(
      airtFile({ id: 'a', score_meaning: 'ranking_only', severity_policy: policy }, runs),
    );

    expect(
      await rowsOf(
        service,
        `select finding_type, severity, severity_source from findings.attack_run where import_id = $1 order by run_key`,
        [body.id],
      ),
    ).toEqual([
      { finding_type: 'refusal', severity: 'info', severity_source: null },
      { finding_type: 'jailbreak', severity: 'critical', severity_source: 'category_default' },
    ]);
  });

  it('reads a file of an earlier release again, and replaces all that it gave, whatever keys that had', async () => {
    const project = await TestProject.make(service.api);
    const file = airtFile({ id: 'a', name: 'A' }, spreadRuns(4));
    const { body: first } = await project.import(file);
    await rowsOf(service, `update findings.import_run set options_hash = repeat('0', 64) where id = $1`, [first.id]);
    await rowsOf(service, `update findings.attack_run set run_key = 'old ' || run_key where import_id = $1`, [
      first.id,
    ]);

    expect((await project.import(file)).status).toBe(201);
    expect((await project.findings()).body.total).toBe(4);
  });

  it('keeps what a file claims of itself once, beside the assessments that it holds', async () => {
    const project = await TestProject.make(service.api);
    const result = (provider: string): object => ({
      provider: { id: provider },
      prompt: { raw: 'Open the gate' },
      vars: { q: 'Open the gate' },
      response: { output: 'No.' },
      success: true,
      failureReason: 0,
    });
    const { body } = await project.import(
      JSON.stringify({
        evalId: 'eval-1',
        results: {
          version: 3,
          results: [result('one'), result('two')],
          stats: { successes: 2, failures: 0, errors: 0 },
        },
      }),
    );

    expect(body).toMatchObject({ assessments: 2, attack_runs: 2 });
    expect(await rowsOf(service, 'select source_reported from findings.import_run where id = $1', [body.id])).toEqual([
      { source_reported: { stats: { successes: 2, failures: 0, errors: 0 } } },
    ]);
    expect(
      await rowsOf(service, 'select source_reported from findings.assessment_import where import_id = $1', [body.id]),
    ).toEqual([{ source_reported: null }, { source_reported: null }]);
  });

  it('reads a file of thousands of runs whole and in order', async () => {
    const project = await TestProject.make(service.api);

    const { body } = await project.import(airtFile({ id: 'big', name: 'Big' }, spreadRuns(8_000)));

    expect(body).toMatchObject({ attack_runs: 8_000, trials: 8_000, succeeded: 3_200 });
    const { body: last } = await project.findings('?page=40&page_size=200');
    expect(last.total).toBe(8_000);
    expect(last.findings).toHaveLength(200);
  });
});

describeWhen(
  SAMPLES !== undefined && existsSync(SAMPLES),
  'real red-team files through the API (import.e2e-spec.ts): AIRT_SAMPLES_DIR',
)('real files of other tools, from import to report', () => {
  const noSeverities = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };

  it.each([
    // file, rows, assessments, runs, trials, folded, skipped, succeeded, resisted, not assessed, rate with interval,
    // severities that source or score gave, and how many came from a default
    ['garak/report_test.report.jsonl', 21, 1, 8, 8, 8, 0, 0, 8, 0, [0, 0, 32.4], {}, 0],
    ['garak/agg.report.jsonl', 14, 1, 9, 9, 0, 0, 0, 9, 0, [0, 0, 29.9], {}, 0],
    ['garak/test_with_ci.report.jsonl', 9, 1, 4, 4, 0, 0, 0, 4, 0, [0, 0, 49.0], {}, 0],
    ['garak-trustyai/garak_earlystop_run.jsonl', 53, 1, 23, 43, 23, 3, 7, 16, 0, [30.4, 15.6, 50.9], {}, 7],
    ['defectdojo/garak_no_hits.jsonl', 3, 1, 0, 0, 0, 0, 0, 0, 0, null, {}, 0],
    ['defectdojo/garak_many_hits.hitlog.jsonl', 8, 1, 8, 8, 0, 0, 8, 0, 0, null, { critical: 3, medium: 1, low: 1 }, 3],
    [
      'defectdojo/garak_varied_scores.hitlog.jsonl',
      7,
      1,
      7,
      7,
      0,
      0,
      7,
      0,
      0,
      null,
      { critical: 2, high: 2, medium: 2, low: 1 },
      0,
    ],
    [
      'defectdojo/promptfoo_many_findings.json',
      9,
      1,
      9,
      9,
      0,
      0,
      7,
      2,
      0,
      [77.8, 45.3, 93.7],
      { critical: 3, high: 1, medium: 1, low: 1 },
      1,
    ],
    [
      'promptfoo/Security_Prompt_Injection_Resilience_results.json',
      6,
      2,
      6,
      6,
      0,
      0,
      5,
      1,
      0,
      [83.3, 43.6, 97.0],
      {},
      5,
    ],
    ['promptfoo/report_my-red-team-configuration.csv', 41, 1, 41, 41, 0, 0, 5, 36, 0, [12.2, 5.3, 25.5], {}, 5],
    [
      'azure-redteam/Lab2d-Custom-Prompt-Scan.json',
      24,
      1,
      24,
      24,
      0,
      0,
      1,
      17,
      6,
      [5.6, 1.0, 25.8],
      { medium: 1, low: 1 },
      0,
    ],
  ] as const)(
    '%s gives its counted numbers',
    async (
      file,
      rows,
      assessments,
      runs,
      trials,
      folded,
      skipped,
      succeeded,
      resisted,
      notAssessed,
      rate,
      own,
      defaults,
    ) => {
      const project = await TestProject.make(service.api);

      const { status, body } = await project.import(new Uint8Array(await readFile(join(SAMPLES ?? '', file))), {
        name: file,
      });

      expect(status).toBe(201);
      expect(body).toMatchObject({
        rows_read: rows,
        assessments,
        attack_runs: runs,
        trials,
        folded,
        skipped,
        succeeded,
        resisted,
        not_assessed: notAssessed,
      });

      const shown = await metrics(project);
      const hitsOnly = rate === null && runs > 0;
      const percent = (share: number | null): number | null => (share === null ? null : Math.round(share * 1000) / 10);
      expect([shown.overall_asr, shown.asr_low, shown.asr_high].map(percent)).toEqual(rate ?? [null, null, null]);
      expect(shown.hits_only).toBe(hitsOnly ? runs : 0);

      const { body: list } = await project.findings('?view=report&page_size=200');
      const fromDefaults = list.findings.filter(
        ({ severity_source: source }) => source === 'category_default' || source === 'fallback',
      );
      expect(fromDefaults).toHaveLength(defaults);
      const counted: Record<string, number> = { ...noSeverities };
      for (const { severity } of list.findings.filter((finding) => !fromDefaults.includes(finding))) {
        counted[String(severity)] = (counted[String(severity)] ?? 0) + 1;
      }
      expect(counted).toEqual({ ...noSeverities, ...own });
      expect(Object.values(shown.severity_breakdown).reduce((sum, count) => sum + count, 0)).toBe(list.total);

      const sections = [
        'risk_score_metrics',
        'severity_breakdown',
        'asr_by_attack',
        'findings',
        'evidence',
        'methodology',
      ];
      const { body: preflight } = await project.preflight({ sections });
      const empty = new Set(preflight.empty_sections.map(({ key }) => key));
      expect(empty.has('findings')).toBe(list.total === 0);
      const { body: accepted } = await project.build({ sections: sections.filter((key) => !empty.has(key)) });
      const build = await project.ended(accepted.job_id);
      expect(build).toMatchObject({ status: 'completed' });
      const text = withoutSpace(await readPdfText(await download(build)));
      const targets = new Set(list.findings.map(({ target_model: target }) => target));
      if (rate !== null && targets.size > 1) {
        // What the API adds up is documented; a report tells of each system by itself.
        expect(text).toContain('nothingissummedovertargets');
        expect(text).not.toContain(`${succeeded}of${succeeded + resisted}assessedrun`);
      } else if (rate !== null) {
        expect(text).toContain(`${rate[0].toFixed(1)}%`);
        expect(text).toContain(`${rate[1].toFixed(1)}–${rate[2].toFixed(1)}%`);
        expect(text).toContain(`${succeeded}of${succeeded + resisted}assessedrun`);
      }
      if (hitsOnly) expect(text).toContain('hitsonly');
      const last = `F-${String(list.total).padStart(3, '0')}`;
      if (list.total > 0) expect(text).toContain(last);
      expect(text).not.toContain(`F-${String(list.total + 1).padStart(3, '0')}`);
    },
  );
});

interface OpenUpload {
  readonly request: ClientRequest;
  readonly answer: Promise<{ readonly status: number; readonly body: unknown }>;
}

/** An upload whose end is up to the test. */
function openUpload(project: TestProject, importId: string, type: string): OpenUpload {
  const opened = request(`${service.baseUrl}${project.path(`/imports?import_id=${importId}`)}`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${service.api.key}`,
      'Content-Type': type,
      'Transfer-Encoding': 'chunked',
      'X-Request-Id': importId,
    },
  });
  const answer = new Promise<{ status: number; body: unknown }>((resolve, reject) => {
    opened.on('error', reject);
    opened.once('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.once('end', () => {
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as unknown });
      });
    });
  });
  // Whoever does not wait for the answer does not care how the upload ended.
  answer.catch(() => undefined);
  return { request: opened, answer };
}

function readImport(project: TestProject, importId: string): Promise<ApiAnswer<ImportAnswer>> {
  return service.api.get<ImportAnswer>(project.path(`/imports/${importId}`));
}

async function spoolIsEmpty(): Promise<void> {
  await eventually(
    () => readdir(join(service.dataDir, 'spool')),
    (files) => files.length === 0,
  );
}
