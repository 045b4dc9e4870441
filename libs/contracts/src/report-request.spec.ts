import { plainToInstance } from 'class-transformer';
import { BuildRequest } from './report-request.dto.ts';
import { reportRequest } from './report-request.ts';

const presetOf = (filters: object): unknown => {
  const request = reportRequest(plainToInstance(BuildRequest, { preset: { sections: ['findings'], filters } }));
  return 'preset' in request ? request.preset.filters : undefined;
};

describe('the filter of a request', () => {
  it.each([
    ['2026-04-15', '2026-04-15T00:00:00Z'],
    ['2026-04-15T12:00:00', '2026-04-15T12:00:00Z'],
    ['2026-04-15T12:00:00Z', '2026-04-15T12:00:00Z'],
    ['2026-04-15T12:00:00+02:00', '2026-04-15T12:00:00+02:00'],
  ])('reads the bound %s as %s, whatever zone the database speaks', (given, meant) => {
    expect(presetOf({ started_after: given })).toEqual({ started_after: meant });
  });

  it('takes null and an empty list for no constraint', () => {
    expect(presetOf({ severity: [], min_score: null, attack_name: ['tap'] })).toEqual({ attack_name: ['tap'] });
  });
});

describe('a request', () => {
  const both = { preset: { sections: ['findings'] }, template_id: '2489e9ad-2ee2-4e00-8ec9-32d5f69181c0' };
  it.each([[{}], [both]])('names exactly one of preset and template: %j does not', (body) => {
    expect(() => reportRequest(plainToInstance(BuildRequest, body))).toThrow('The request is invalid.');
  });

  it('fills in every default of a preset', () => {
    const request = reportRequest(plainToInstance(BuildRequest, { preset: { sections: ['findings'] } }));
    expect(request).toEqual({
      preset: {
        sections: ['findings'],
        compliance_frameworks: [],
        filters: {},
        branding: { company_name: null, confidentiality_footer: null, logo_oid: null, report_title: null },
        style: { font: 'Helvetica', font_size: 11, paper: 'A4' },
        format: 'pdf',
        include_adversarial: false,
        evidence: 'full',
      },
    });
  });
});
