import type { RowRequest } from '#contracts';
import { type RowSource, severities } from '#domain';
import { adversarialToo, findingTypes, type Parameters, reportCondition, runCondition } from './row-query.ts';

/** Bits of `attack_run.tagged`, in the order of the migration that made it. */
const frameworkBits = ['owasp_llm_top_10', 'owasp_agentic_top_10', 'mitre_atlas', 'nist_ai_rmf', 'google_saif'];

type Asked = Omit<RowRequest, 'watermark'>;
type Presence = (request: Asked, parameters: Parameters) => string;

const anyRun: Presence = () => 'true';
/** What a run must be for a source to have a row: the `where` of the statements in row-sources.ts, without their groups. */
const runsOf: Readonly<Record<Exclude<RowSource, 'assessments' | 'lift_strata' | 'left_out'>, Presence>> = {
  targets: anyRun,
  severities: (_, parameters) =>
    `severity_rank <= ${severities.length} and finding_type = any(${findingTypes(parameters)})`,
  asr_by_attack: anyRun,
  asr_by_category: anyRun,
  asr_by_goal: () => 'goal is not null',
  asr_by_transform: anyRun,
  attack_by_transform: anyRun,
  compliance_items: ({ frameworks }, parameters) => {
    const mask = frameworkBits.reduce(
      (bits, framework, bit) => bits | (frameworks.includes(framework) ? 1 << bit : 0),
      0,
    );
    return `(tagged & ${parameters.add(mask)}::smallint) <> 0`;
  },
  framework_gaps: anyRun,
  findings: ({ filter, includeAdversarial }, parameters) => reportCondition(filter, includeAdversarial, parameters),
  finding_categories: (_, parameters) => `finding_type = any(${findingTypes(parameters)})`,
  not_assessed_reasons: () => `outcome = 'not_assessed'`,
  adversarial_ml: ({ includeAdversarial }, parameters) =>
    `attack_domain = 'adversarial_ml' and ${parameters.add(includeAdversarial)}::boolean`,
  judges: () => `outcome <> 'not_assessed'`,
};

/** An expression that is true when the source has a row; it stops at the first. */
export function presence(
  source: RowSource,
  projectId: string,
  request: Asked & { readonly watermark: readonly string[] | 'current' },
  parameters: Parameters,
): string {
  if (source === 'assessments') {
    const imported =
      request.watermark === 'current' ? '' : `and i.import_id = any(${parameters.add(request.watermark)}::uuid[])`;
    return `exists (
      select from findings.assessment a
      join findings.assessment_import i on i.assessment_id = a.id ${imported}
      where a.project_id = ${parameters.add(projectId)} and a.status = 'completed')`;
  }
  // Beside sections that need them; no section is empty without them.
  if (source === 'lift_strata' || source === 'left_out') return 'true';
  const includeAdversarial = request.includeAdversarial && adversarialToo.includes(source);
  const scope = { projectId, watermark: request.watermark, includeAdversarial };
  const where = `${runCondition(scope, parameters)} and ${runsOf[source](request, parameters)}`;
  // In the order of an index: a plain `exists` reads the table from its start, which may be full of other projects.
  return `(select true from findings.attack_run where ${where} order by severity_rank, finding_type limit 1) is not null`;
}
