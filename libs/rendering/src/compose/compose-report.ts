import type { ReportFacts } from '#domain';
import { integrity } from './sections/integrity.ts';
import { shortenName } from '../text/shorten-field.ts';
import { composeCover, targetsOf } from './compose-cover.ts';
import { composeFigures } from './compose-figures.ts';
import { composeGlance } from '../sentences/compose-glance.ts';
import { composeOutline } from './compose-outline.ts';
import { composeRunning } from './compose-running.ts';
import { FindingsDigest } from '../model/findings-digest.ts';
import type { ReportContent, SectionContent } from '../model/report-content.ts';
import { reportSetting, type ReportSetting } from '../sentences/report-setting.ts';

const longestTitle = 300;

/** Everything that is printed beside the findings' own pages, by rule from the facts; findings give worst rows and links. */
export function composeReport(facts: ReportFacts, findings = new FindingsDigest()): ReportContent {
  const setting = reportSetting(facts, findings);
  const title = shortenName(facts.title ?? 'AI red team report', longestTitle);
  const { ledger } = setting;
  const cover = ledger.at('cover', () => composeCover(setting, title));
  return {
    title,
    shortTitle: cover.subtitle === '' ? title : `${title} · ${cover.subtitle}`,
    author: facts.company_name,
    classification: facts.classification,
    reportId: facts.report_id,
    dataAsOf: facts.data_as_of,
    style: facts.style,
    about: {
      project: shortenName(facts.project_name),
      targets: targetsOf(setting.targets),
      evidence: facts.evidence,
      include_adversarial: facts.include_adversarial,
      filter: facts.filter,
      frameworks: facts.frameworks,
      release: facts.release,
    },
    figures: composeFigures(setting),
    showsFindings: setting.links.finding(1) !== null,
    findingCount: facts.finding_count,
    cover,
    running: composeRunning(setting, cover.logo),
    pages: facts.preview?.pages ?? null,
    glance: ledger.at('glance', () => composeGlance(setting)),
    sections: composeOutline(setting),
    integrity: integritySection(setting),
    claims: ledger.stated,
  };
}

const integritySection = (setting: ReportSetting): SectionContent => ({
  anchor: 'section-integrity',
  number: 'A',
  title: 'Integrity and glossary',
  ...setting.ledger.at('integrity', () => integrity(setting, 'A')),
});

/** Counts what was masked in all findings: a writer that hands findings on as they come composes it last. */
export const composeIntegrity = (facts: ReportFacts, findings: FindingsDigest): SectionContent =>
  integritySection(reportSetting(facts, findings));
