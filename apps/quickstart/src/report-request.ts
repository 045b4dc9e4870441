/** Every section, in the order of our house. Those that preflight names as empty are left out of the build. */
export const ALL_SECTIONS = [
  'recommendations',
  'executive_summary',
  'risk_score_metrics',
  'severity_breakdown',
  'asr_by_attack',
  'asr_by_category',
  'asr_by_goal',
  'transform_effectiveness',
  'compliance',
  'findings',
  'evidence',
  'methodology',
] as const;

export const ALL_FRAMEWORKS = [
  'owasp_llm_top_10',
  'owasp_agentic_top_10',
  'mitre_atlas',
  'nist_ai_rmf',
  'google_saif',
] as const;

export interface ReportRequest {
  readonly preset: {
    readonly sections: readonly string[];
    readonly compliance_frameworks: readonly string[];
    readonly branding: { readonly confidentiality_footer: string };
    readonly format: 'pdf';
  };
}

export function reportRequest(sections: readonly string[]): ReportRequest {
  return {
    preset: {
      sections,
      compliance_frameworks: ALL_FRAMEWORKS,
      // Findings of a red team are confidential until somebody decides otherwise.
      branding: { confidentiality_footer: 'Confidential' },
      format: 'pdf',
    },
  };
}
