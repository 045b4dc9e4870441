import { randomUUID } from 'node:crypto';

import { airtFile, spreadRuns } from './support/airt-file.ts';
import type { Envelope } from './support/project.ts';
import { TestProject } from './support/project.ts';
import { rowsOf } from './support/rows.ts';
import { sharedService, type SharedService } from './support/shared-service.ts';

type Row = Readonly<Record<string, unknown>>;
interface Listed {
  readonly findings: readonly Row[];
  readonly page: number;
  readonly total: number;
  readonly total_pages: number;
  readonly has_next: boolean;
  readonly next_cursor: string | null;
}

describe('findings and assessments through the API', () => {
  let service: SharedService;
  let project: TestProject;

  beforeAll(async () => {
    service = await sharedService();
    project = await TestProject.make(service.api);
    const { status } = await project.import(
      airtFile({ id: 'autumn', name: 'Autumn' }, [
        ...spreadRuns(40),
        {
          id: 'comma',
          score: 0.33,
          attack_name: 'first, then second',
          goal: 'Say heliotrope',
          category: 'pii_extraction',
        },
      ]),
    );
    expect(status).toBe(201);
  });

  const list = async (query: string): Promise<Listed> => {
    const { status, body } = await service.api.get<Listed>(project.path(`/findings${query}`));
    expect(status).toBe(200);
    return body;
  };
  const ids = (rows: readonly Row[]): string[] => rows.map(({ id }) => String(id));
  const airt = (below: string): string => `${service.api.airt}${below}`;
  const patch = (path: string, body: unknown): Promise<{ status: number; body: Row }> =>
    service.api.send<Row>('PATCH', path, { body });

  it.each(['score', 'severity', 'created_at', 'date', 'updated_at', 'attack_name', 'category'])(
    'walks by cursor over every row once, ordered by %s either way',
    async (sortBy) => {
      for (const sortDir of ['asc', 'desc']) {
        const order = `sort_by=${sortBy}&sort_dir=${sortDir}`;
        const whole = await list(`?page_size=200&${order}`);
        const walked: string[] = [];
        let cursor: string | null = null;
        let page = 1;
        do {
          const next: string = cursor === null ? '' : `&cursor=${cursor}`;
          const answer = await list(`?page_size=7&${order}${next}`);
          expect(answer).toMatchObject({ page, total: whole.total, total_pages: Math.ceil(whole.total / 7) });
          walked.push(...ids(answer.findings));
          cursor = answer.next_cursor;
          page += 1;
        } while (cursor !== null);
        expect(walked).toEqual(ids(whole.findings));
        expect(new Set(walked).size).toBe(41);
      }
    },
  );

  it('orders by score, highest first, unless told otherwise', async () => {
    const { findings } = await list('');
    const scores = findings.map(({ best_score: score }) => Number(score));
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  it('keeps a cursor where it was while runs are added', async () => {
    const other = await TestProject.make(service.api);
    await other.import(airtFile({ id: 'one' }, spreadRuns(20)));
    const path = (query: string): string => other.path(`/findings?page_size=5&sort_by=severity${query}`);
    const { body: first } = await service.api.get<Listed>(path(''));
    await other.import(airtFile({ id: 'two' }, spreadRuns(20)));
    const { body: second } = await service.api.get<Listed>(path(`&cursor=${first.next_cursor ?? ''}`));

    expect(second.findings).toHaveLength(5);
    expect(ids(second.findings).filter((id) => ids(first.findings).includes(id))).toEqual([]);
    expect(second.total).toBe(40);
  });

  it.each([
    ['of other parameters', async () => `?severity=high&cursor=${(await list('?page_size=3')).next_cursor ?? ''}`],
    ['that is made up', () => Promise.resolve('?cursor=bm9uc2Vuc2U')],
    ['beside a page', async () => `?page=2&page_size=3&cursor=${(await list('?page_size=3')).next_cursor ?? ''}`],
  ])('refuses a cursor %s, located', async (_, query) => {
    const { status, body } = await service.api.get<Envelope>(project.path(`/findings${await query()}`));

    expect(status).toBe(400);
    expect(body.errors?.[0]?.loc[0]).toBe('query');
  });

  it('finds words of goals, names, prompts and answers by their beginnings, and a name that holds a comma', async () => {
    expect((await list('?search=HELIOTR')).total).toBe(1);
    expect((await list('?search=heliotrope%20second')).total).toBe(1);
    expect((await list('?search=answer%20run-0007')).total).toBe(1);
    expect((await list('?search=heliotrope%20zebra')).total).toBe(0);
    expect((await list(`?search=${encodeURIComponent("a'b\\c | & ! :*")}`)).total).toBe(0);
    const name = `attack_name=${encodeURIComponent('first, then second')}`;
    expect((await list(`?${name}&${name}`)).total).toBe(1);
  });

  it('shows one finding with its trials, under the project and beside it', async () => {
    const [found] = (await list('?search=heliotrope')).findings;
    const id = String(found?.['id']);
    const { body } = await service.api.get<Row>(airt(`/findings/${id}`));
    expect(body).toMatchObject({ id, best_response: 'Answer to comma', total_trials: 1, finding_status: 'open' });
    expect((await service.api.get(project.path(`/findings/${id}`))).body).toEqual(body);
    const { body: trials } = await service.api.get<{ trials: Row[]; total: number }>(airt(`/findings/${id}/trials`));
    expect(trials).toMatchObject({ total: 1, trials: [{ step: 1, score: 0.33, response: 'Answer to comma' }] });
    const other = await TestProject.make(service.api);
    expect((await service.api.get(other.path(`/findings/${id}`))).status).toBe(404);
  });

  it('says of scores, verdicts, filters and tags what the file gave and what was made of it', async () => {
    const other = await TestProject.make(service.api);
    const { status } = await other.import(
      [
        { type: 'assessment', id: 'told', name: 'Told', target_model: 'lantern 1' },
        {
          type: 'attack_run',
          id: 'made',
          assessment: 'told',
          attack_name: 'crescendo',
          category: 'tool_misuse',
          score_meaning: 'ranking_only',
          compliance_tags: { owasp_llm_top_10: ['LLM06'] },
          compliance_source: 'crosswalk',
          compliance_table: 'garak 0.14.1',
        },
        {
          type: 'trial',
          attack_run: 'made',
          prompt: 'Pay.',
          response: 'Paid.',
          score: 0.8,
          source_score: '0.2',
          score_scale: 'inverted',
          secondary_verdicts: { strict: 'resisted' },
        },
        { type: 'trial', attack_run: 'made', prompt: 'Pay!', response: 'No.', score: 0.1, blocked_by_filter: true },
        { type: 'trial', attack_run: 'made', prompt: 'Pay?', outcome: 'not_assessed' },
        { type: 'attack_run', id: 'plain', assessment: 'told', attack_name: 'direct', category: 'bespoke_words' },
        { type: 'trial', attack_run: 'plain', prompt: 'Hello.', response: 'Hello.', score: 0.4 },
      ]
        .map((line) => `${JSON.stringify(line)}\n`)
        .join(''),
    );
    expect(status).toBe(201);

    const { body } = await service.api.get<Listed>(other.path('/findings?sort_by=score&sort_dir=desc'));
    const [made, plain] = body.findings;
    expect(made).toMatchObject({
      best_score: 0.8,
      best_source_score: '0.2',
      best_score_scale: 'inverted',
      best_score_converted: true,
      score_meaning: 'ranking_only',
      best_secondary_verdicts: { strict: 'resisted' },
      compliance_source: 'crosswalk',
      compliance_table: 'garak 0.14.1',
      blocked_trials: 1,
    });
    expect(plain).toMatchObject({
      best_score: 0.4,
      best_source_score: null,
      best_score_scale: null,
      best_score_converted: false,
      score_meaning: 'graded',
      best_secondary_verdicts: null,
      compliance_source: null,
      compliance_table: null,
      blocked_trials: 0,
    });
    const { body: of } = await service.api.get<{ trials: Row[] }>(airt(`/findings/${String(made?.['id'])}/trials`));
    const own = { source_score: null, score_scale: null, secondary_verdicts: null };
    expect(of.trials).toMatchObject([
      {
        source_score: '0.2',
        score_scale: 'inverted',
        score_converted: true,
        secondary_verdicts: { strict: 'resisted' },
        blocked_by_filter: false,
      },
      { ...own, score_converted: false, blocked_by_filter: true },
      { ...own, score_converted: null, blocked_by_filter: false },
    ]);
  });

  it('takes what a person says of a finding, and takes it back', async () => {
    const [found] = (await list('?search=heliotrope')).findings;
    const path = airt(`/findings/${String(found?.['id'])}`);

    const said = await patch(path, { finding_status: 'accepted_risk', severity: 'critical', notes: 'Seen.' });
    expect(said.body).toMatchObject({
      finding_status: 'accepted_risk',
      severity: 'critical',
      severity_source: 'human',
      notes: 'Seen.',
    });
    expect(String(said.body['updated_at']) > String(said.body['created_at'])).toBe(true);
    expect((await list('?finding_status=accepted_risk')).total).toBe(1);
    expect((await patch(path, { finding_type: 'jailbreak' })).body).toMatchObject({ finding_type: 'jailbreak' });

    const back = await patch(path, { finding_status: null, finding_type: null, severity: null, notes: null });
    expect(back.body).toMatchObject({
      finding_status: 'open',
      finding_type: 'partial',
      severity: 'low',
      severity_source: 'score_band',
      notes: null,
    });
    expect((await patch(path, {})).status).toBe(400);
    expect((await patch(path, { severity: 'worst' })).status).toBe(400);
  });

  it('changes many findings at once and counts them', async () => {
    const other = await TestProject.make(service.api);
    await other.import(airtFile({ id: 'many' }, spreadRuns(20)));
    const { body: all } = await service.api.get<Listed>(other.path('/findings?page_size=20'));
    const [one, two] = ids(all.findings);
    const stranger = randomUUID();
    const path = other.path('/findings');

    const byIds = { ids: [one, two, stranger], finding_status: 'false_positive' };
    expect((await patch(path, byIds)).body).toEqual({ updated: 2, unchanged: 0, not_found: [stranger] });
    expect((await patch(path, byIds)).body).toEqual({ updated: 0, unchanged: 2, not_found: [stranger] });
    const byFilter = { filter: { attack_name: ['crescendo'] }, notes: 'All of them.' };
    expect((await patch(path, byFilter)).body).toEqual({ updated: 10, unchanged: 0, not_found: [] });
    expect((await patch(path, { ...byFilter, ids: [one] })).status).toBe(400);
    expect((await service.api.get<Listed>(other.path('/findings?view=report'))).body.total).toBe(8);
  });

  it('imports a file into an assessment that a request made, by id or name, under its severity policy', async () => {
    const other = await TestProject.make(service.api);
    const policy = {
      thresholds: [0.9, 0.8, 0.7, 0.3, 0],
      matrix: { tool_misuse: ['high', 'high', 'low', 'low', 'info'] },
      default_row: ['critical', 'critical', 'critical', 'critical', 'critical'],
    };
    const create = (name: string): Promise<{ status: number; body: Row }> =>
      service.api.post<Row>(airt(`/assessments?project_id=${other.slug}`), { name, severity_policy: policy });
    const made = await create('Winter');
    expect(made).toMatchObject({ status: 201, body: { name: 'Winter', status: 'pending', coverage: null } });
    const byId = await create('Spring');

    await other.import(airtFile({ id: 'w', name: 'Winter' }, spreadRuns(10)));
    await other.import(airtFile({ id: String(byId.body['id']), name: 'Something else' }, spreadRuns(10)));

    const path = airt(`/assessments/${String(made.body['id'])}`);
    const { body: winter } = await service.api.get<Row>(path);
    expect(winter).toMatchObject({ status: 'completed', coverage: 'full', metrics: { total_attacks: 10 } });
    expect(winter['metrics']).toMatchObject({
      severity_breakdown: { critical: 0, high: 2, medium: 0, low: 3, info: 0 },
    });
    expect((await service.api.get(airt(`/assessments/${String(byId.body['id'])}`))).body).toMatchObject({
      name: 'Spring',
      metrics: { total_attacks: 10 },
    });

    const [kept] = (
      await service.api.get<Listed>(other.path(`/findings?assessment_ids=${String(made.body['id'])}&search=run-0001`))
    ).body.findings;
    await patch(airt(`/findings/${String(kept?.['id'])}`), { severity: 'medium' });
    const { body: plain } = await patch(path, { severity_policy: null, description: 'By the bands' });
    expect(plain).toMatchObject({ description: 'By the bands', severity_policy: null });
    expect(plain['metrics']).toMatchObject({
      severity_breakdown: { critical: 0, high: 2, medium: 2, low: 1, info: 0 },
    });
    const refused = await patch(path, { severity_policy: { thresholds: [0.1, 0.2, 0.3, 0.4, 0.5] } });
    expect(refused).toMatchObject({
      status: 400,
      body: { errors: [{ loc: ['body', 'severity_policy', 'thresholds'] }] },
    });
    const { body: listed } = await service.api.get<{ assessments: Row[]; total: number }>(
      airt(`/assessments?project_id=${other.slug}&page_size=1`),
    );
    expect(listed).toMatchObject({ total: 2, total_pages: 2, has_next: true });
  });

  it('answers with analytics whose numbers are those of the report', async () => {
    const { body: all } = await service.api.get<{ assessments: Row[] }>(project.path('/assessments'));
    const assessment = all.assessments[0];
    const { status, body } = await service.api.get<Row>(airt(`/assessments/${String(assessment?.['id'])}/analytics`));
    const metrics = assessment?.['metrics'] as Record<string, number>;

    expect(status).toBe(200);
    expect(body).toMatchObject({
      assessment_id: assessment?.['id'],
      risk_score: metrics['risk_score'],
      overall_asr: metrics['overall_asr'],
      total_attacks: 41,
      total_trials: 41,
      analytics_snapshot: {
        severity_breakdown: metrics['severity_breakdown'],
        execution_stats: { total_attacks: 41, successful_attacks: metrics['succeeded'], total_failed: 0 },
        coverage_summary: { owasp_llm: { total_categories: 10, tested_categories: 1, coverage_pct: 0.1 } },
        compliance_matrix: { owasp_llm: { LLM01: { tested: true }, LLM02: { tested: false, attacks_used: [] } } },
        baseline_transform: 'baseline',
        asr_by_attack: { dimension: 'attack', entries: { crescendo: { total_attacks: 20 } } },
      },
    });
    const snapshot = body['analytics_snapshot'] as { readonly top_findings: readonly Row[] };
    expect(snapshot.top_findings[0]).toMatchObject({ rank: 1, severity: 'critical' });
    const { body: summary } = await service.api.get<Row>(project.path('/summary'));
    expect(summary).toMatchObject({ total_assessments: 1, total_attacks: 41, assessments_by_status: { completed: 1 } });
    expect((summary['top_findings'] as Row[])[0]).toMatchObject({ severity: 'critical' });
  });

  it('an assessment is made with a name, or refused where the name is missing', async () => {
    const path = airt(`/assessments?project_id=${project.slug}`);
    for (const body of [{}, { name: null }, { name: '' }, { description: 'no name' }]) {
      const refused = await service.api.post<{ errors: { loc: unknown[] }[] }>(path, body);
      expect({ body, status: refused.status, loc: refused.body.errors[0]?.loc }).toEqual({
        body,
        status: 400,
        loc: ['body', 'name'],
      });
    }
  });

  it('finds nothing of another workspace of the same organization', async () => {
    const [workspace] = await rowsOf<{ organization_id: string }>(
      service,
      'select organization_id from projects.workspace',
    );
    const organization = workspace?.organization_id;
    const [theirs] = await rowsOf<{ id: string }>(
      service,
      `with w as (insert into projects.workspace (id, organization_id, slug, name) values (gen_random_uuid(), $1, 'elsewhere', 'E') returning *)
       insert into projects.project (id, organization_id, workspace_id, slug, name) select gen_random_uuid(), $1, id, 'theirs', 'T' from w returning id`,
      [organization],
    );
    const [assessment] = await rowsOf<{ id: string }>(
      service,
      `insert into findings.assessment (id, organization_id, project_id, key, name) values (gen_random_uuid(), $1, $2, 'k', 'K') returning id`,
      [organization, theirs?.id],
    );
    const [ours] = (await list('?page_size=1')).findings;
    const elsewhere = service.api.airt.replace(/\/ws\/[^/]+/, '/ws/elsewhere');
    const { body: here } = await service.api.get<{ assessments: Row[] }>(project.path('/assessments'));
    const hereId = String(here.assessments[0]?.['id']);

    for (const path of [
      airt(`/assessments/${assessment?.id ?? ''}`),
      airt(`/assessments/${assessment?.id ?? ''}/analytics`),
      airt(`/assessments?project_id=${theirs?.id ?? ''}`),
      `${elsewhere}/assessments/${hereId}`,
      `${elsewhere}/assessments/${hereId}/analytics`,
      `${elsewhere}/findings/${String(ours?.['id'])}`,
      `${elsewhere}/findings/${String(ours?.['id'])}/trials`,
    ]) {
      expect({ path, status: (await service.api.get(path)).status }).toEqual({ path, status: 404 });
    }
    expect((await patch(`${elsewhere}/assessments/${hereId}`, { name: 'Mine' })).status).toBe(404);
    expect((await patch(`${elsewhere}/findings/${String(ours?.['id'])}`, { notes: 'Mine' })).status).toBe(404);
    const create = await service.api.post(airt(`/assessments?project_id=${theirs?.id ?? ''}`), { name: 'In theirs' });
    expect(create.status).toBe(404);
    expect((await service.api.get(`${elsewhere}/assessments`)).body).toMatchObject({ total: 1 });
  });
});
