import * as fc from 'fast-check';

/** A file of our own format, and what is asked of its report. */
export interface Campaign {
  readonly files: readonly string[];
  readonly preset: Readonly<Record<string, unknown>>;
}

/** Names that a careless join, trim, fold or sum takes for one another. */
const names = fc.constantFrom(
  'direct',
  'crescendo',
  'Crescendo',
  'crescendo ',
  'a, b',
  'baseline',
  'All',
  'tap\u200b',
  '1 of 1',
);
const transforms = fc.constantFrom<readonly string[]>(
  [],
  [],
  ['base64'],
  ['baseline'],
  ['a, b'],
  ['a', 'b'],
  ['b', 'a'],
  ['persona'],
);
const categories = fc.constantFrom(
  'tool_misuse',
  'pii_extraction',
  'harmful_content',
  'uncategorised',
  'own_word',
  'violence',
);
const statuses = fc.constantFrom(
  'open',
  'open',
  'open',
  'false_positive',
  'accepted_risk',
  'remediated',
  'incorrect_scoring',
);
const severities = fc.constantFrom('critical', 'high', 'medium', 'low', 'info');
const scores = fc.constantFrom(0, 0.1, 0.2999, 0.3, 0.4999, 0.5, 0.6999, 0.7, 0.8999, 0.9, 1);
const targets = fc.constantFrom('tea-bot 1', 'tea-bot 2', 'tea-bot 1 ', null, null);

const trial = fc.record({
  score: fc.option(scores, { freq: 8 }),
  detector: fc.constantFrom('judge-a', 'judge-b'),
  second: fc.option(scores, { freq: 2 }),
});

const run = fc.record({
  attack_name: names,
  category: categories,
  goal: fc.option(fc.nat(6), { freq: 6 }),
  transforms_applied: transforms,
  finding_status: statuses,
  severity: fc.option(severities, { freq: 2 }),
  target_model: fc.option(targets, { freq: 2 }),
  tags: fc.option(fc.constantFrom('LLM01', 'LLM02', 'LLM06'), { freq: 2 }),
  classifier: fc.integer({ min: 0, max: 9 }),
  trials: fc.array(trial, { minLength: 1, maxLength: 3 }),
});

const assessment = fc.record({
  target_model: targets,
  coverage: fc.constantFrom('full', 'full', 'full', 'hits_only'),
  status: fc.constantFrom('completed', 'completed', 'completed', 'running'),
  dated: fc.boolean(),
  policy: fc.boolean(),
  /** Goes into the assessment before it, from a file of its own. */
  joins: fc.boolean(),
  runs: fc.oneof(
    { weight: 6, arbitrary: fc.array(run, { minLength: 0, maxLength: 12 }) },
    { weight: 2, arbitrary: fc.array(run, { minLength: 30, maxLength: 70 }) },
    { weight: 1, arbitrary: fc.array(run, { minLength: 1, maxLength: 1 }) },
  ),
});

type DrawnAssessment = typeof assessment extends fc.Arbitrary<infer T> ? T : never;

export const campaigns: fc.Arbitrary<Campaign> = fc
  .record({
    assessments: fc.array(assessment, { minLength: 1, maxLength: 3 }),
    adversarial: fc.boolean(),
    filter: fc.option(fc.record({ severity: fc.uniqueArray(severities, { minLength: 1, maxLength: 2 }) }), { freq: 1 }),
  })
  .map(({ assessments, adversarial, filter }) => ({
    files: assessments.map((one, index) => fileOf(one, index)),
    preset: { include_adversarial: adversarial, ...(filter === null ? {} : { filters: filter }) },
  }));

const policy = {
  thresholds: [0.95, 0.8, 0.6, 0.4, 0],
  matrix: { tool_misuse: ['high', 'high', 'medium', 'low', 'info'] },
};

function fileOf(drawn: DrawnAssessment, index: number): string {
  const id = drawn.joins && index > 0 ? 'a0' : `a${index}`;
  const lines: object[] = [
    {
      type: 'assessment',
      id,
      name: `Campaign ${id}`,
      ...(drawn.target_model === null ? {} : { target_model: drawn.target_model }),
      ...(drawn.coverage === 'full' ? {} : { coverage: drawn.coverage }),
      ...(drawn.status === 'completed' || id === 'a0' ? {} : { status: drawn.status }),
      ...(drawn.dated ? { started_at: '2026-05-04T08:00:00Z' } : {}),
      ...(drawn.policy ? { severity_policy: policy } : {}),
    },
  ];
  for (const [
    number,
    { trials, goal, tags, classifier, severity, target_model: target, ...own },
  ] of drawn.runs.entries()) {
    const key = `f${index}r${number}`;
    const hits = drawn.coverage === 'hits_only';
    const isClassifier = classifier === 0 && !hits;
    lines.push({
      type: 'attack_run',
      id: key,
      assessment: id,
      ...own,
      ...(goal === null ? {} : { goal: `Order tea ${goal}` }),
      ...(severity === null ? {} : { severity }),
      ...(target === null ? {} : { target_model: target }),
      ...(tags === null ? {} : { compliance_tags: { owasp_llm_top_10: [tags] } }),
      ...(isClassifier
        ? {
            attack_domain: 'adversarial_ml',
            finding_type: number % 2 ? 'evasion' : 'robust',
            outcome: number % 2 ? 'succeeded' : 'resisted',
          }
        : {}),
    });
    if (isClassifier) continue;
    for (const [at, { score, detector, second }] of trials.entries()) {
      const told = { type: 'trial', attack_run: key, id: `t${at}`, prompt: `Prompt ${number % 23}`, response: 'Tea.' };
      lines.push({ ...told, detector, ...(hits ? { score: 1 } : score === null ? {} : { score }) });
      if (second !== null && !hits) lines.push({ ...told, detector: 'judge-c', score: second });
    }
  }
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** So many goals that no page holds them. */
export const manyGoals: Campaign = {
  files: [
    [
      { type: 'assessment', id: 'a0', name: 'Many goals', target_model: 'tea-bot 1' },
      ...Array.from({ length: 1_200 }, (_, n) => [
        {
          type: 'attack_run',
          id: `r${n}`,
          assessment: 'a0',
          attack_name: 'direct',
          category: 'tool_misuse',
          goal: `Goal ${n}`,
        },
        {
          type: 'trial',
          attack_run: `r${n}`,
          id: 't',
          score: n % 40 === 0 ? 0.9 : 0.1,
          prompt: `Prompt ${n}`,
          response: 'Tea.',
        },
      ]).flat(),
    ]
      .map((line) => `${JSON.stringify(line)}\n`)
      .join(''),
  ],
  preset: {},
};
