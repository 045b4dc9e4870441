import { countsOf } from '../../model/figures-content.ts';
import { FindingsDigest } from '../../model/findings-digest.ts';
import { plainInline } from '../../model/plain-inline.ts';
import type { FindingContent, GlanceContent, ReadFindings, ReportContent } from '../../model/report-content.ts';
import { labelledData, sectionData, tableData } from './block-data.ts';
import { jsonText } from './json-text.ts';

/** Of the shape in docs/report-json.schema.json. */
const schemaVersion = 2;

/**
 * What the facts alone say comes first (`head`), then the findings as they are composed, then what is said of all of them:
 * nothing is kept of a finding that has left but what a digest holds.
 */
export async function* writeJson(
  head: ReportContent,
  read: ReadFindings,
  whole: (findings: FindingsDigest) => ReportContent,
): AsyncGenerator<string> {
  yield `{"schema_version":${schemaVersion},\n"report":${jsonText(reportData(head))},\n`;
  yield `"figures":${jsonText(head.figures)},\n"findings":[`;
  const digest = new FindingsDigest();
  for await (const batch of read('whole')) {
    // A report without findings and evidence tells none here either.
    if (head.showsFindings)
      yield batch.map((finding, index) => findingText(finding, digest.count + index === 0)).join('');
    for (const finding of batch) digest.add(finding);
  }
  const content = whole(digest);
  yield `],\n"glance":${jsonText(glanceData(content.glance))},\n"sections":[`;
  for (const [index, section] of content.sections.entries())
    yield `${index === 0 ? '\n' : ',\n'}${jsonText(sectionData(section))}`;
  yield `],\n"integrity":${jsonText(sectionData(content.integrity))},\n"claims":[`;
  for (const [index, claim] of content.claims.entries()) yield `${index === 0 ? '\n' : ',\n'}${jsonText(claim)}`;
  yield `]}\n`;
}

const findingText = (finding: FindingContent, first: boolean): string =>
  `${first ? '\n' : ',\n'}${jsonText(findingData(finding))}`;

function reportData(content: ReportContent): object {
  const { about, cover } = content;
  return {
    id: content.reportId,
    title: content.title,
    subtitle: cover.subtitle,
    summary: cover.summary,
    authors: cover.authors === '' ? null : cover.authors,
    issued_by: content.author,
    classification: content.classification,
    project: about.project,
    targets: about.targets,
    data_as_of: content.dataAsOf,
    evidence: about.evidence,
    include_adversarial: about.include_adversarial,
    frameworks: about.frameworks,
    filter: about.filter,
    finding_count: content.findingCount,
    release: about.release,
  };
}

function findingData(finding: FindingContent): object {
  const { values } = finding;
  return {
    id: finding.id,
    rank: finding.rank,
    title: finding.title,
    severity: finding.severity,
    severity_source: values.severity_source,
    why_this_severity: finding.why,
    category: finding.category,
    outcome: finding.outcome,
    finding_type: values.finding_type,
    status: finding.status,
    goal: values.goal,
    attack: values.attack_name,
    transforms: values.transforms,
    // Of a hit log, which holds successes alone, how many were tried is not known.
    trials: values.coverage === 'hits_only' ? null : values.trials,
    coverage: values.coverage,
    succeeded_trials: values.succeeded_trials,
    not_assessed_trials: values.not_assessed_trials,
    best_score: values.best_score,
    assessment: values.assessment,
    target_model: values.target_model,
    evaluator_model: values.evaluator_model,
    compliance: values.compliance,
    source_ref: values.source_ref,
    masked_passages: finding.masked,
    detail: finding.blocks.flatMap((block) => (block.kind === 'labelled' ? labelledData(block.rows) : [])),
  };
}

function glanceData(glance: GlanceContent): object {
  return {
    verdict: `${glance.verdict.opening} ${glance.verdict.rest}`,
    banner: glance.banner,
    targets: glance.targets === null ? null : tableData(glance.targets),
    risk: { text: glance.risk.text, qualifier: glance.risk.qualifier, formula: glance.risk.formula },
    asr: { text: glance.asr.text, qualifier: glance.asr.qualifier, note: glance.asr.note },
    outcomes: { title: glance.outcomes.title, counts: countsOf(glance.outcomes.counts) },
    severity: glance.severity,
    worst: { ...tableData(glance.worst), title: glance.worst.title },
    facts: glance.facts.map((row) => ({
      label: row.label,
      text: row.blocks.map((block) => (block.kind === 'prose' ? plainInline(block.inline) : '')).join(' '),
    })),
  };
}
