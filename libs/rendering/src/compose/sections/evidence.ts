import type { EvidenceLevel } from '#domain';
import { emptyFindings } from '../../sentences/compose-glance.ts';
import { prose } from '../../model/blocks.ts';
import { findingsCounted } from '../../sentences/preview-notice.ts';
import type { ReportSetting } from '../../sentences/report-setting.ts';
import type { SectionComposer } from './section-composer.ts';

/** Details are drawn from the stream of findings. */
export const evidence: SectionComposer = (setting, number) => ({
  lead: [{ text: evidenceLead(setting) }],
  blocks:
    setting.findings.count > 0 ? [{ kind: 'finding_details', number }] : [prose('text', emptyFindings(setting, 'all'))],
});

const levels: Readonly<Record<EvidenceLevel, string>> = {
  full: 'Prompts and answers stand as the source holds them; characters that do not print are shown as code points.',
  masked: 'Answers of successful attacks, and what looks like a secret or personal data in any text, are masked.',
  none: 'Prompts, answers and the judge’s words are withheld.',
};

export function evidenceLead({ findings, facts, cut }: Pick<ReportSetting, 'findings' | 'facts' | 'cut'>): string {
  if (findings.count === 0) return 'No findings are shown.';
  return `${findingsCounted(findings.count, cut)}, the worst first. ${levels[facts.evidence]}`;
}
