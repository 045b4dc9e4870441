import { frameworkKeys, sectionKeys } from '#domain';

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
        sections: [...sectionKeys],
        compliance_frameworks: [...frameworkKeys],
        format: 'pdf',
        style: { font: 'Helvetica', font_size: 11 },
      },
    },
  },
};
