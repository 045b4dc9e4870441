import type { ReportFacts } from '#domain';
import type { SampleReport } from './sample-report.ts';
import {
  richFindings,
  richReport,
  sampleAssessment,
  sampleCategory,
  sampleFacts,
  sampleFinding,
  sampleItem,
  sampleReason,
  sampleSeverity,
  sampleTally,
  sampleTarget,
} from './sample-report.ts';

const emptyRows = sampleFacts().rows;
const withRows = (rows: Partial<ReportFacts['rows']>, changes: Partial<ReportFacts> = {}): ReportFacts =>
  sampleFacts({ ...changes, rows: { ...emptyRows, ...rows } });

/** Nothing succeeded in 36 runs: the smallest report that says something. */
export function nothingSucceededReport(): SampleReport {
  const direct = sampleTally('direct', { resisted: 36, trials: 36, best_score: 0.1 });
  return {
    facts: withRows({
      targets: [sampleTarget({ resisted: 36, trials: 36, distinct_goals: 36 })],
      assessments: [sampleAssessment({ resisted: 36, trials: 36 })],
      asr_by_attack: [direct],
      asr_by_category: [
        sampleTally('jailbreak_general', { resisted: 20 }),
        sampleTally('harmful_content', { resisted: 16 }),
      ],
    }),
    findings: [],
  };
}

export function nothingAssessedReport(): SampleReport {
  return {
    facts: withRows({
      targets: [sampleTarget({ not_assessed: 36, trials: 36, distinct_goals: 36 })],
      assessments: [sampleAssessment({ not_assessed: 36, trials: 36 })],
      asr_by_attack: [sampleTally('direct', { not_assessed: 36, trials: 36 })],
      asr_by_category: [sampleTally('jailbreak_general', { not_assessed: 36 })],
      not_assessed_reasons: [sampleReason('target error or timeout', 36)],
    }),
    findings: [],
  };
}

/** A file that lists successes alone. */
export function hitsOnlyReport(): SampleReport {
  const findings = richFindings(12).map((row) => ({
    ...row,
    severity: 'critical' as const,
    outcome: 'succeeded' as const,
    finding_type: 'jailbreak' as const,
    coverage: 'hits_only' as const,
    trials: 1,
    succeeded_trials: 1,
    trial_scores: [1],
  }));
  const twelve = { critical: 12, high: 0, medium: 0, low: 0, info: 0 };
  return {
    facts: withRows(
      {
        targets: [
          sampleTarget({
            hits_only: 12,
            trials: 12,
            hit_trials: 12,
            open: twelve,
            open_hits: twelve,
            distinct_goals: 5,
          }),
        ],
        assessments: [
          sampleAssessment({
            coverage: 'hits_only',
            hits_only: 12,
            trials: 12,
            hit_trials: 12,
            severities: twelve,
            open: twelve,
          }),
        ],
        severities: [sampleSeverity('critical', { succeeded: 12 })],
        asr_by_attack: [sampleTally('promptinject.HijackHateHumans', { hits_only: 12, trials: 12, hit_trials: 12 })],
        asr_by_category: [sampleTally('prompt_injection', { hits_only: 12, trials: 12, hit_trials: 12 })],
        compliance_items: [sampleItem('owasp_llm_top_10', 'LLM01', { hits_only: 12, worst: 'critical', findings: 12 })],
        finding_categories: [
          sampleCategory(
            'prompt_injection',
            { critical: 12 },
            { items: ['owasp_llm_top_10:LLM01'], attacks: ['promptinject'] },
          ),
        ],
      },
      { finding_count: findings.length },
    ),
    findings,
  };
}

export const longName = (length: number): string =>
  'a_name_that_goes_on_and_on_'.repeat(Math.ceil(length / 27)).slice(0, length);

/** Long names in every place that holds one. */
export function longNamesReport(): SampleReport {
  const { facts, findings } = richReport();
  return {
    facts: {
      ...facts,
      title: `The report with the longest title that anybody ever gave to a test of an assistant, ${longName(160)}`,
      company_name: longName(200),
      classification: `Strictly confidential, for the eyes of the steering committee only, ${longName(120)}`,
      rows: {
        ...facts.rows,
        assessments: facts.rows.assessments.map((row) => ({
          ...row,
          name: `${row.name} ${longName(200)}`,
          target_model: longName(150),
        })),
        asr_by_attack: facts.rows.asr_by_attack.map((row, i) => ({
          ...row,
          name: `${row.name}${longName(10 + i * 40)}`,
        })),
      },
    },
    findings: findings
      .slice(0, 6)
      .map((row) => ({ ...row, attack_name: longName(180), goal: longName(500), category: longName(90) })),
  };
}

/** One finding whose texts are huge: a megabyte without a space, 5,000 words, a thousand lines. */
export function hugeTextReport(): SampleReport {
  const words = Array.from({ length: 5000 }, (_, i) => `w${i}`).join(' ');
  const trial = sampleFinding().best_trial;
  const findings = [
    sampleFinding({
      goal: words,
      notes: words,
      best_trial: trial && { ...trial, original_prompt: null, prompt: 'A'.repeat(1_000_000), response: words },
    }),
    sampleFinding({
      category: words,
      attack_name: 'B'.repeat(3000),
      goal: null,
      best_trial: trial && { ...trial, prompt: 'x\n'.repeat(1000), response: '' },
    }),
  ];
  return { facts: sampleFacts({ ...richReport().facts, finding_count: 2 }), findings };
}

/** Strings that try to break out: structure, links, controls, right-to-left, spoofing, lone surrogates. */
export const hostileStrings: readonly string[] = [
  '{"text":"x","link":"javascript:alert(1)"}',
  'javascript:alert(1)',
  '](http://evil.example) <a href="http://evil.example">click</a>',
  '/etc/passwd',
  'file:///etc/passwd',
  ') Tj ET Q BT (spoofed',
  'endstream endobj 1 0 obj << /JS (app.alert(1)) >>',
  '十䙅ⵖ䕒䑉䍔',
  'abc\u202Edcba\u202C',
  'zero\u200Bwidth\uFEFF',
  '\u0000\u001B[31mred\u0007\r\n',
  '\uD800 lone \uDFFF',
  'שלום العربية हिन्दी ไทย',
  '\\u{E0041} typed by hand',
  'ﬀ ﬁ ffi',
  '𝒳𝔘𝕏 ∀∂∈ℝ 😀👩‍💻🇨🇭 漢字カナ한국어',
  '\u00A0no-break\u2028line\u2029paragraph',
  'e\u0301 Z\u0351\u0343\u0350',
];

export function hostileReport(): SampleReport {
  const all = hostileStrings.join('\n');
  const trial = sampleFinding().best_trial;
  const findings = hostileStrings.map((text, index) =>
    sampleFinding({
      id: `h-${index}`,
      goal: text,
      category: text,
      attack_name: text,
      transforms: [text],
      notes: text,
      evaluator_model: text,
      compliance: { [text]: [text] },
      source_ref: text,
      best_trial: trial && {
        ...trial,
        original_prompt: text,
        prompt: all,
        response: text,
        reasoning: text,
        triggers: [text],
        turns: [{ role: text, content: text }],
      },
    }),
  );
  const { facts } = richReport();
  return {
    facts: {
      ...facts,
      title: hostileStrings[8] ?? null,
      project_name: all,
      company_name: all,
      classification: all,
      finding_count: findings.length,
      rows: {
        ...facts.rows,
        assessments: facts.rows.assessments.map((row) => ({ ...row, name: all, target_model: all })),
        asr_by_attack: hostileStrings.map((name) => sampleTally(name, { succeeded: 1, resisted: 3 })),
        asr_by_category: hostileStrings.map((name) => sampleTally(name, { succeeded: 1, resisted: 3 })),
        not_assessed_reasons: hostileStrings.map((reason) => sampleReason(reason, 1)),
      },
    },
    findings,
  };
}

/** More attacks than a chart can hold. */
export function manyAttacksReport(count = 120): SampleReport {
  const report = richReport();
  const rows = Array.from({ length: count }, (_, i) =>
    sampleTally(`attack_number_${i}`, { succeeded: i % 7, resisted: 3 + (i % 40), trials: 40 }),
  );
  return {
    ...report,
    facts: { ...report.facts, rows: { ...report.facts.rows, asr_by_attack: rows, asr_by_goal: rows } },
  };
}
