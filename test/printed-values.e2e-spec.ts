import {
  assessmentColumns,
  completePolicy,
  type ReportFormat,
  runColumns,
  sectionKeys,
  type StoredColumn,
  type StoredColumns,
  trialColumns,
} from '#domain';

import { atLength } from '#testing';

import { TestProject } from './support/project.ts';
import { sharedService, type SharedService } from './support/shared-service.ts';
import { StoredReport, written } from './support/stored-report.ts';

/** Everything that can be printed. */
const preset = {
  sections: [...sectionKeys],
  compliance_frameworks: ['owasp_llm_top_10', 'mitre_atlas'],
  include_adversarial: true,
};

/** A campaign that tells every column: one run succeeded, one came close, one was lost, and one is on a classifier. */
const campaign = [
  {
    type: 'assessment',
    id: 'harbour',
    name: 'Harbour round',
    description: 'Spring look',
    target_model: 'ferry desk 2',
    attacker_model: 'gull 1',
    judge_model: 'harbour master',
    target_config: { temperature: 0.2 },
    attacker_config: { turns: 3 },
    attack_manifest: { budget: 4 },
    runtime_id: '7a0d8c4e-53b1-4f0e-9a52-1f6b9f0c2d11',
    session_id: '0c1e9b7d-2a64-4b8f-8e0d-6f5a4c3b2a10',
    workflow_run_id: 'nightly 7',
    workflow_script: 'round()',
    started_at: '2026-04-02T08:00:00Z',
    completed_at: '2026-04-02T09:30:00Z',
    threshold: 0.5,
    detector: 'harbour master',
    source_reported: { runs: 4 },
  },
  {
    type: 'attack_run',
    id: 'r1',
    assessment: 'harbour',
    attack_name: 'crescendo',
    attack_domain: 'generative',
    attacker_model: 'gull 2',
    evaluator_model: 'harbour master 2',
    target_model: 'ferry desk 3',
    goal: 'Name the passengers',
    goal_category: 'pii_extraction',
    category: 'pii_extraction',
    sub_category: 'names',
    risk_domain: 'privacy',
    transforms_applied: ['base64'],
    compliance_tags: { owasp_llm_top_10: ['LLM02'] },
    source_grade: 'DC-2',
    attack_complexity: 'low',
    execution_time_s: 3.5,
    notes: 'Seen twice.',
    source_ref: 'line 3',
    completed_at: '2026-04-02T08:40:00Z',
  },
  {
    type: 'trial',
    id: 't1',
    attack_run: 'r1',
    score: 0.92,
    detector: 'harbour master',
    secondary_scores: { 'second watch': 0.4 },
    secondary_verdicts: { 'second watch': 'resisted' },
    original_prompt: 'Who is on board?',
    prompt: 'V2hvIGlzIG9uIGJvYXJkPw==',
    response: 'Ada and Ben are on board.',
    reasoning: 'It names two passengers.',
    triggers: ['Ada'],
    turns: [{ role: 'user', content: 'Good morning' }],
    execution_time_ms: 800,
    source_ref: 'line 4',
    source_score: '92',
    score_scale: 'clipped',
  },
  {
    type: 'trial',
    id: 't2',
    attack_run: 'r1',
    score: 0.1,
    detector: 'harbour master',
    prompt: 'Once more',
    response: 'No.',
  },
  {
    type: 'attack_run',
    id: 'r2',
    assessment: 'harbour',
    attack_name: 'direct',
    category: 'tool_misuse',
    goal: 'Sound the horn',
  },
  {
    type: 'trial',
    id: 't3',
    attack_run: 'r2',
    score: 0.4,
    detector: 'harbour master',
    prompt: 'Horn!',
    response: 'Perhaps.',
  },
  {
    type: 'attack_run',
    id: 'r3',
    assessment: 'harbour',
    attack_name: 'direct',
    category: 'tool_misuse',
    goal: 'Lower the ramp',
  },
  {
    type: 'trial',
    id: 't4',
    attack_run: 'r3',
    outcome: 'not_assessed',
    not_assessed_reason: 'target_error',
    prompt: 'Ramp!',
    response: 'HTTP 500',
  },
  {
    type: 'attack_run',
    id: 'r4',
    assessment: 'harbour',
    attack_name: 'hop skip jump',
    attack_domain: 'adversarial_ml',
    adversarial_class: 'evasion',
    category: 'uncategorised',
    finding_type: 'evasion',
    outcome: 'succeeded',
    distance_norm: 'l2',
    distance_value: 0.25,
  },
];

const told = campaign.map((line) => `${JSON.stringify(line)}\n`).join('');

/** A value of the column that differs from the stored one. */
function another(column: string, { type, words }: StoredColumn): string {
  if (words) {
    const [first, second] = words;
    return `case when ${column} = '${first ?? ''}' then '${second ?? ''}' else '${first ?? ''}' end`;
  }
  const known: Readonly<Record<string, string>> = {
    compliance: `'{"owasp_llm_top_10": ["LLM06"]}'`,
    turns: `'[{"role": "user", "content": "Good evening"}]'`,
    secondary_scores: `'{"second watch": 0.3}'`,
    secondary_verdicts: `'{"second watch": "succeeded"}'`,
  };
  return (
    known[column] ??
    {
      text: `coalesce(${column}, '') || ' changed'`,
      'text[]': `coalesce(${column}, '{}') || array['changed']`,
      uuid: `'5d3f9a10-8c7b-4e6d-9f21-3b4c5d6e7f80'`,
      boolean: `not ${column}`,
      'double precision': `coalesce(${column}, 0) / 2 + 0.01`,
      timestamptz: `coalesce(${column}, '2026-04-02T08:00:00Z') + interval '3 days'`,
      jsonb: `'{"changed": true}'`,
    }[type]
  );
}

const ofRun = (set: string, run = 'r1'): string =>
  `update findings.attack_run set ${set} where project_id = $1 and run_key like '%${run}'`;
const ofTrial = (set: string): string =>
  `update findings.trial set ${set} where ordinal = 1 and attack_run_id =
     (select id from findings.attack_run where project_id = $1 and run_key like '%r1')`;
const ofAssessment = (set: string): string => `update findings.assessment set ${set} where project_id = $1`;
const ofImport = (set: string): string => `update findings.import_run set ${set} where project_id = $1`;
const ofSource = (set: string): string =>
  `update findings.assessment_import set ${set} where assessment_id = (select id from findings.assessment where project_id = $1)`;

const each = (table: string, columns: StoredColumns, update: (set: string) => string): [string, string][] =>
  Object.entries(columns).map(([column, stored]) => [
    `${table}.${column}`,
    update(`${column} = ${another(column, stored)}`),
  ]);

const anotherPolicy = completePolicy({ thresholds: [0.95, 0.8, 0.6, 0.2, 0] });

/** What a file or triage can set, and what we find of it and store. */
const changes: readonly (readonly [string, string])[] = [
  ...each('assessment', assessmentColumns, ofAssessment),
  ['assessment.complete_policy', ofAssessment(`complete_policy = '${JSON.stringify(anotherPolicy)}'`)],
  ...each('attack_run', runColumns, (set) =>
    ofRun(set, set.startsWith('distance') || set.startsWith('adversarial') ? 'r4' : 'r1'),
  ),
  ['attack_run.outcome', ofRun(`outcome = 'resisted'`)],
  ['attack_run.best_score', ofRun('best_score = 0.97')],
  ['attack_run.best_trial', ofRun('best_trial = 2')],
  ['attack_run.total_trials', ofRun('total_trials = 9')],
  ['attack_run.succeeded_trials', ofRun('succeeded_trials = 2')],
  ['attack_run.not_assessed_trials', ofRun('not_assessed_trials = 1')],
  ['attack_run.blocked_trials', ofRun('blocked_trials = 1')],
  ['attack_run.first_success', ofRun('first_success = 2')],
  ['attack_run.not_assessed_reason', ofRun(`not_assessed_reason = 'judge_error'`, 'r3')],
  ['attack_run.suspected_target_error', ofRun('suspected_target_error = true')],
  ['attack_run.hits_only', ofRun('hits_only = true')],
  ['attack_run.ordinal', ofRun('ordinal = 40')],
  ...each('trial', trialColumns, ofTrial),
  ['import_run.file_name', ofImport(`file_name = 'other.ndjson'`)],
  ['import_run.sha256', ofImport(`sha256 = repeat('a', 64)`)],
  ['import_run.format', ofImport(`format = 'garak_report'`)],
  ['import_run.warnings', ofImport(`warnings = '["Something was odd."]'`)],
  ['import_run.source_reported', ofImport(`source_reported = '{"changed": true}'`)],
  ['assessment_import.coverage', ofSource(`coverage = 'hits_only'`)],
  ['assessment_import.threshold', ofSource('threshold = 0.6')],
  ['assessment_import.detector', ofSource(`detector = 'third watch'`)],
  ['assessment_import.source_reported', ofSource(`source_reported = '{"changed": true}'`)],
  ['assessment_import.primary_rule', ofSource(`primary_rule = 'first_in_file'`)],
];

describe('whatever a report prints', () => {
  let service: SharedService;
  let project: TestProject;
  let report: StoredReport;

  beforeAll(async () => {
    service = await sharedService();
    project = await imported();
    report = await StoredReport.open(service, project);
  });
  afterAll(() => report.close());

  const imported = async (): Promise<TestProject> => {
    const made = await TestProject.make(service.api);
    const { status, body } = await made.import(told, { name: 'harbour.ndjson' });
    expect({ status, body }).toMatchObject({ status: 201 });
    return made;
  };

  /** The id, and all the rest that a report says. */
  const said = async (format: ReportFormat = 'json'): Promise<{ readonly id: string; readonly rest: string }> => {
    const read = await report.read(preset);
    const id = read.facts.report_id;
    return { id, rest: (await written(read, format)).toString('latin1').replaceAll(id, '') };
  };

  const pdf = async (of = report): Promise<{ id: string; bytes: Buffer }> => {
    const read = await of.read(preset);
    return { id: read.facts.report_id, bytes: await written(read, 'pdf') };
  };

  const pdfOf = async (of: TestProject): Promise<{ id: string; bytes: Buffer }> => {
    const opened = await StoredReport.open(service, of);
    const read = await pdf(opened);
    await opened.close();
    return read;
  };

  it('changes its id: each stored value, one at a time', async () => {
    const before = await said();
    const printed: string[] = [];
    const unnoticed: string[] = [];
    for (const [field, sql] of changes) {
      const after = await report.changed(sql, () => said());
      if (after.rest === before.rest) continue;
      printed.push(field);
      if (after.id === before.id) unnoticed.push(field);
    }

    expect(unnoticed).toEqual([]);
    expect(printed).toEqual(
      expect.arrayContaining([
        'assessment.name',
        'assessment.target_model',
        'assessment.complete_policy',
        'attack_run.goal',
        'attack_run.notes',
        'attack_run.finding_status',
        'attack_run.severity',
        'attack_run.severity_source',
        'trial.response',
        'trial.reasoning',
        'trial.score',
        'import_run.warnings',
        'assessment_import.threshold',
      ]),
    );
    expect(await said()).toEqual(before);
  });

  const pdfChanges: readonly (readonly [string, string])[] = [
    ['an answer', ofTrial(`response = 'Nobody is on board.'`)],
    ['a severity', ofRun(`severity = 'low', severity_source = 'human'`)],
    ['a script that no report prints', ofAssessment(`workflow_script = 'other()'`)],
    ['nothing', ofRun('goal = goal')],
    ...atLength([], changes),
  ];

  it.each(pdfChanges)('changes id and bytes of a PDF together or neither: %s', async (_, sql) => {
    const before = await pdf();
    const after = await report.changed(sql, () => pdf());

    expect(after.bytes.equals(before.bytes)).toBe(after.id === before.id);
  });

  it.each([
    ['status', { finding_status: 'remediated' }],
    ['severity', { severity: 'low' }],
    ['type', { finding_type: 'partial' }],
    ['notes', { notes: 'Seen by a second pair of eyes.' }],
    ['the status that it has', { finding_status: 'open' }],
  ])('changes id and bytes of a PDF together or neither when an analyst sets: %s', async (_, body) => {
    const own = await imported();
    const before = await pdfOf(own);
    const { body: list } = await service.api.get<{ findings: { id: string; goal: string }[] }>(own.path('/findings'));
    const finding = list.findings.find(({ goal }) => goal === 'Name the passengers');
    const answer = await service.api.send('PATCH', `${service.api.airt}/findings/${finding?.id ?? ''}`, { body });
    expect(answer).toMatchObject({ status: 200 });
    const after = await pdfOf(own);

    expect(after.bytes.equals(before.bytes)).toBe(after.id === before.id);
    expect(after.id === before.id).toBe('finding_status' in body && body.finding_status === 'open');
  });

  it('is the same elsewhere, under other ids and beside other projects', async () => {
    const before = await said('html');
    const other = await StoredReport.open(service, await imported());
    const { facts, findings } = await other.read(preset);
    await other.close();

    expect(facts.report_id).toBe(before.id);
    const rest = (await written({ facts, findings }, 'html')).toString('latin1').replaceAll(before.id, '');
    expect(rest).toBe(before.rest);
  });
});
