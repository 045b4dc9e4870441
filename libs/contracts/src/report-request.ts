import type { FindingsFilter, ReportPreset, ReportStyleFacts } from '#domain';
import { AppError } from './errors.ts';
import type { AirtPresetRequest, BuildRequest, FindingsFilterRequest, ReportStyle } from './report-request.dto.ts';
import type { ReportRequest } from './templates.ts';

/** A validated body as a request with every default in place. Throws `invalid` for what one field alone cannot show. */
export function reportRequest({ preset, template_id }: BuildRequest): ReportRequest {
  if (preset && !template_id) return { preset: completePreset(preset) };
  if (template_id && !preset) return { templateId: template_id };
  throw new AppError('invalid', {
    errors: [{ loc: ['body'], msg: 'exactly one of preset and template_id must be given', type: 'exactly_one_of' }],
  });
}

/** A validated preset in canonical form; `loc` is where it stands in the request. */
export function completePreset(preset: AirtPresetRequest, loc: readonly string[] = ['body', 'preset']): ReportPreset {
  const { branding, style } = preset;
  return {
    sections: preset.sections,
    compliance_frameworks: preset.compliance_frameworks ?? [],
    filters: completeFilter(preset.filters ?? {}, [...loc, 'filters']),
    branding: {
      company_name: spoken(branding?.company_name),
      confidentiality_footer: spoken(branding?.confidentiality_footer),
      logo_oid: branding?.logo_oid ?? null,
      report_title: spoken(branding?.report_title),
    },
    style: completeStyle(style),
    format: preset.format ?? 'pdf',
    include_adversarial: preset.include_adversarial ?? false,
    evidence: preset.evidence ?? 'full',
  };
}

export const completeStyle = (style: ReportStyle | null | undefined): ReportStyleFacts => ({
  font: style?.font ?? 'Helvetica',
  font_size: style?.font_size ?? 11,
  paper: style?.paper ?? 'A4',
});

/** Blanks say nothing, like a field that is not there. */
const spoken = (text: string | null | undefined): string | null => (text?.trim() ? text : null);

/** Throws `invalid`, at `loc`, for bounds of which none can be met. */
export function checkDateOrder(
  { started_after, started_before }: Pick<FindingsFilterRequest, 'started_after' | 'started_before'>,
  loc: readonly (string | number)[],
): void {
  if (!started_after || !started_before || Date.parse(started_after) <= Date.parse(started_before)) return;
  const msg = 'started_after must not be later than started_before';
  throw new AppError('invalid', { errors: [{ loc: [...loc, 'started_after'], msg, type: 'date_order' }] });
}

/** Nulls and empty lists mean "no constraint", like a field that is not there. */
export function completeFilter(filter: FindingsFilterRequest, loc: readonly (string | number)[]): FindingsFilter {
  checkDateOrder(filter, loc);
  const given = Object.entries(filter).filter(
    ([, value]) => value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(given);
}
