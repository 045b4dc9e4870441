import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describeWhen } from '../support/describe-when.ts';
import { TestProject } from '../support/project.ts';
import { sharedService, type SharedService } from '../support/shared-service.ts';
import { claimsFolder } from './audited-folders.ts';
import { built, everySection, frameworks, textOf } from './audited-report.ts';
import { asRead } from './report-json.ts';

interface Truth {
  readonly file: string;
  readonly truth: string;
  /** Each stands in PDF, HTML and JSON alike. */
  readonly says?: readonly RegExp[];
  readonly neverSays?: readonly RegExp[];
  readonly preset?: Readonly<Record<string, unknown>>;
  /** A second file of the same project. */
  readonly beside?: string;
}

/** What each small input holds, and what a report may not make of it. */
const truths: readonly Truth[] = [
  {
    file: 'c01_all_resisted',
    truth: 'finds none where all 28 resisted, and withholds nothing',
    neverSays: [/Findings are not part of this report/],
    says: [/No attack succeeded/],
  },
  {
    file: 'c02_all_not_assessed',
    truth: 'lets nothing hold where nothing was assessed',
    neverSays: [/at least one attack succeeded/, /nothing succeeded or came close/, /[Ll]ow risk/],
  },
  {
    file: 'c03_hits_only',
    truth: 'knows of a hit log neither what was tried nor how often',
    neverSays: [/5 of 5 (assessed|runs|trials|attack)/, /\b1 of 1 trial/, /Judge: not named/],
    says: [/rule-judge/],
  },
  {
    file: 'c05_one_run',
    truth: 'speaks of one run in the singular',
    neverSays: [/all 1 attack run/, /\b1 runs\b/, /Only 1 run could be assessed/],
  },
  {
    file: 'c05b_one_run_resisted',
    truth: 'makes no strength of one run that resisted',
    neverSays: [/all 1 attack run/, /\b1 runs\b/],
  },
  {
    file: 'c06_severity_from_source',
    truth: 'prints no band beside severities of the file',
    neverSays: [/0\.90 – 1\.00/],
  },
  {
    file: 'c07_lift_across_targets',
    truth: 'compares no transform on one target with plain runs on another',
    neverSays: [/raises the success rate/, /40\.0 %/],
    says: [/weak-bot/, /strong-bot/],
  },
  {
    file: 'c08_score_borders',
    truth: 'rounds no score over a border',
    neverSays: [/score 0\.90 lies in the band from 0\.70/],
    says: [/0\.8999/],
  },
  {
    file: 'c09_transforms_no_baseline',
    truth: 'counts transforms that have no baseline',
    neverSays: [/No run used a transform/, /every transform\b/],
  },
  {
    file: 'c10_transforms_combined',
    truth: 'keeps lists of transforms apart',
    says: [/\+50\.0/, /\+17\.3 to \+74\.1/],
    neverSays: [/No transform changes/],
  },
  {
    file: 'c11_triage',
    truth: 'speaks of what is open',
    neverSays: [/closes \d+ critical/, /[Cc]ritical risk/, /[Hh]igh risk/],
  },
  {
    file: 'c11b_all_remediated',
    truth: 'names no remediated finding as the worst',
    neverSays: [/it closes 3 critical/, /[Hh]igh risk/, /[Cc]ritical risk/],
  },
  {
    file: 'c12_adversarial',
    truth: 'mixes no classifiers with attacks on a model',
    preset: { include_adversarial: true },
    says: [/1 of 10/],
    neverSays: [/28\.0 %/, /4 came close/],
  },
  { file: 'c16_n_borders', truth: 'marks few runs', says: [/Fewer than 30 assessed runs/] },
  { file: 'c20_lookalike_names', truth: 'tells look-alike names apart', says: [/\\u\{200B\}|\u200b/] },
  { file: 'c21_runs_without_goal', truth: 'counts runs without a goal apart', says: [/30 runs without a goal/] },
  {
    file: 'c23_severity_policy',
    truth: 'gives no band as a reason where a policy decided',
    neverSays: [/score 0\.75 lies in the band from 0\.90/],
  },
  { file: 'c24_thresholds', truth: 'puts no two thresholds into one number', neverSays: [/0\.20 and 0\.90 or more/] },
  {
    file: 'c25_verdict_against_score',
    truth: 'names the critical success as the worst',
    neverSays: [/the worst of two critical findings/],
  },
  { file: 'c26_trials_not_assessed', truth: 'counts assessed trials', neverSays: [/1 of 4 trials/] },
  {
    file: 'c27a_full',
    beside: 'c27b_hits_of_other_runs',
    truth: 'takes no hit into a rate',
    says: [/0 of 20/],
    neverSays: [/50\.0 %/, /20 of 20 (assessed|runs|trials)/],
  },
  {
    file: 'c28_60_percent_not_assessed',
    truth: 'says that 60 of 100 were lost, and what that leaves open',
    says: [/60 of 100|60 of its 100/],
  },
  {
    file: 'c30_critical_partial_only',
    truth: 'lets a close call raise no risk',
    neverSays: [/[Cc]ritical risk/, /[Hh]igh risk/],
  },
  {
    file: 'c34_running_assessment',
    truth: 'names the assessment that is not finished',
    says: [/Still running/],
    neverSays: [/[Dd]ata as of\s+30 June 2026/],
  },
  {
    file: 'c38_judges_disagree',
    truth: 'gives the rate by each judge',
    says: [/judge-a/, /judge-b/],
    neverSays: [/Judge: not named/],
  },
  { file: 'c39_dates', truth: 'prints no period that ends before it starts', neverSays: [/10 to 1 March 2026/] },
  {
    file: 'c40_empty_assessment',
    truth: 'speaks of no attack on a target that was never attacked',
    neverSays: [/against tea-bot 1 and tea-bot 2/],
  },
  {
    file: 'c41_adversarial_only',
    truth: 'gives no score where the only runs are left out',
    neverSays: [/nothing succeeded or came close/, /band: low/],
  },
  {
    file: 'c42_category_not_assessed',
    truth: 'calls a category of lost runs tried, not assessed',
    neverSays: [/Every goal category was tried/, /15 of 15/],
  },
  { file: 'c45_categories_in_words', truth: 'names categories in words', neverSays: [/\bundefined\b/] },
  { file: 'c56_hit_log_trials', truth: 'knows no trials that failed', neverSays: [/3 of 3 trials/, /\b3 \/ 3\b/] },
  {
    file: 'c58_held_with_90_percent_lost',
    truth: 'lets nothing hold of which 90 % were lost',
    says: [/180/],
    neverSays: [/LLM02 [^.]{0,60}: held/],
  },
  { file: 'c13_tags_unknown', truth: 'says that no run carries a tag', neverSays: [/\bheld\b.{0,20}LLM01/] },
  { file: 'c13b_no_tags', truth: 'says that no run carries a tag', neverSays: [/\bheld\b.{0,20}LLM01/] },
];

/** Not met yet, with the reason. One that is met fails, and goes. */
const open: Readonly<Record<string, string>> = {};

describeWhen(claimsFolder !== undefined, 'truths of small inputs: AIRT_CLAIMS_DIR names no folder')(
  'a report in PDF, HTML and JSON',
  () => {
    let service: SharedService;
    beforeAll(async () => {
      service = await sharedService();
    });

    const pathOf = (name: string): string => {
      const found = readdirSync(claimsFolder ?? '').find((file) => file.startsWith(`${name}.`));
      if (found === undefined) throw new Error(`No file is called ${name}.`);
      return join(claimsFolder ?? '', found);
    };

    const textsOf = async ({ file, beside, preset = {} }: Truth): Promise<Readonly<Record<string, string>>> => {
      const project = await TestProject.make(service.api);
      for (const name of [file, ...(beside === undefined ? [] : [beside])])
        await project.import(new Uint8Array(readFileSync(pathOf(name))), { name: `${name}.ndjson` });
      const wanted = { compliance_frameworks: frameworks, ...preset };
      const { body } = await project.preflight({ sections: everySection, ...wanted });
      const empty = new Set<string>(body.empty_sections.map(({ key }) => String(key)));
      const whole = { ...wanted, sections: everySection.filter((section) => !empty.has(section)) };
      const texts: Record<string, string> = {};
      for (const format of ['pdf', 'html', 'json'] as const) {
        const bytes = await built(project, { ...whole, format });
        texts[format] = asRead(format === 'json' ? withoutClaims(bytes) : await textOf(format, bytes));
      }
      return texts;
    };

    it.each(truths)('$truth ($file)', async (truth) => {
      const texts = await textsOf(truth);
      const faults = Object.entries(texts).flatMap(([format, text]) => [
        ...(truth.says ?? []).filter((one) => !one.test(text)).map((one) => `${format} does not say ${String(one)}`),
        ...(truth.neverSays ?? []).filter((one) => one.test(text)).map((one) => `${format} says ${String(one)}`),
      ]);
      if (open[truth.file] === undefined) expect(faults).toEqual([]);
      else expect(faults).not.toEqual([]);
    });

    it('is held to a truth for each file', () => {
      const held = truths.flatMap(({ file, beside }) => [file, ...(beside === undefined ? [] : [beside])]);
      const there = readdirSync(claimsFolder ?? '').filter((file) => file.endsWith('.ndjson'));
      expect(there.map((file) => file.replace('.ndjson', '')).sort()).toEqual([...held].sort());
    });
  },
);

/** The texts alone: numbers of figures have other forms. */
function withoutClaims(bytes: Buffer): string {
  const texts: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === 'string') texts.push(value);
    else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) visit(one);
  };
  const report = JSON.parse(bytes.toString()) as Record<string, unknown>;
  for (const [field, value] of Object.entries(report)) if (field !== 'claims') visit(value);
  return texts.join('\n');
}
