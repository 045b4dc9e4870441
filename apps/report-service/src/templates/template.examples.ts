/** Bodies that work as they stand, once in each project. */
export const templateExamples = {
  preset: {
    summary: 'From a preset',
    value: {
      name: 'Quarterly report',
      description: 'What the client gets each quarter',
      preset: {
        sections: ['executive_summary', 'risk_score_metrics', 'severity_breakdown', 'findings'],
        filters: { severity: ['critical', 'high'] },
        branding: { company_name: 'Example Assurance', confidentiality_footer: 'Confidential' },
      },
    },
  },
  config: {
    summary: 'From components',
    value: {
      name: 'Letter and findings',
      config: {
        schema_version: 1,
        components: [
          { type: 'title', content: 'Red-team letter' },
          { type: 'footer', left: { type: 'text', content: 'Confidential' } },
          {
            type: 'section',
            title: 'What we did',
            components: [
              { type: 'text', content: 'Two people attacked the assistant for a week.' },
              {
                type: 'table',
                title: 'Phases',
                data: {
                  columns: ['Phase', 'Days'],
                  rows: [
                    ['Reconnaissance', 2],
                    ['Attacks', 5],
                  ],
                },
              },
            ],
          },
          {
            type: 'section',
            title: 'What we found',
            preset_key: 'findings',
            components: [{ type: 'table', source: { kind: 'findings', filter: { severity: ['critical', 'high'] } } }],
          },
        ],
      },
    },
  },
};
