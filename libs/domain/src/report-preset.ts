import type { FindingsFilter, ReportStyleFacts } from './report-facts.ts';
import type { SectionKey } from './sections.ts';
import type { EvidenceLevel, ReportFormat } from './vocabulary.ts';

/** A report in the words of its user, in canonical form: every default filled in, what constrains nothing left out. */
export interface ReportPreset {
  readonly sections: readonly SectionKey[];
  readonly compliance_frameworks: readonly string[];
  readonly filters: FindingsFilter;
  readonly branding: ReportBranding;
  readonly style: ReportStyleFacts;
  readonly format: ReportFormat;
  readonly include_adversarial: boolean;
  readonly evidence: EvidenceLevel;
}

export interface ReportBranding {
  readonly company_name: string | null;
  readonly confidentiality_footer: string | null;
  /** Id of an uploaded PNG. */
  readonly logo_oid: string | null;
  /** Null: a default title, chosen when the report is rendered. */
  readonly report_title: string | null;
}

/** Longest texts of a preset, in characters. A template may say more than fits into them. */
export const brandingLengths = { company_name: 120, confidentiality_footer: 200, report_title: 200 } as const;
