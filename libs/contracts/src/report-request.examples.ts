/** Bodies that work as they stand on the project that `npm start` makes. */
export const reportRequestExamples = {
  short: {
    summary: 'Metrics and the worst findings',
    value: {
      preset: {
        sections: ['risk_score_metrics', 'severity_breakdown', 'findings'],
        filters: { severity: ['critical', 'high'] },
        branding: { company_name: 'Example Assurance', confidentiality_footer: 'Confidential' },
      },
    },
  },
  whole: {
    summary: 'Every section and framework',
    value: {
      preset: {
        sections: [
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
        ],
        compliance_frameworks: [
          'owasp_llm_top_10',
          'owasp_agentic_top_10',
          'mitre_atlas',
          'nist_ai_rmf',
          'google_saif',
        ],
        format: 'pdf',
        style: { font: 'Helvetica', font_size: 11 },
      },
    },
  },
};
