import type { FindingsFilter } from '#domain';
import { AppError } from './errors.ts';
import type { AirtPresetRequest, BuildRequest, FindingsFilterRequest } from './report-request.dto.ts';
import type { ReportPreset, ReportRequest } from './templates.ts';

/** A validated body as a request with every default in place. Throws `invalid` for what one field alone cannot show. */
export function reportRequest({ preset, template_id }: BuildRequest): ReportRequest {
  if (preset && !template_id) return { preset: completePreset(preset) };
  if (template_id && !preset) return { templateId: template_id };
  throw new AppError('invalid', {
    errors: [{ loc: ['body'], msg: 'exactly one of preset and template_id must be given', type: 'exactly_one_of' }],
  });
}

function completePreset(preset: AirtPresetRequest): ReportPreset {
  if (preset.branding?.logo_oid) {
    throw new AppError('invalid', {
      errors: [
        { loc: ['body', 'preset', 'branding', 'logo_oid'], msg: 'no such logo was uploaded', type: 'not_found' },
      ],
    });
  }
  return {
    sections: preset.sections,
    compliance_frameworks: preset.compliance_frameworks ?? [],
    filters: completeFilter(preset.filters ?? {}),
    branding: {
      company_name: preset.branding?.company_name ?? null,
      confidentiality_footer: preset.branding?.confidentiality_footer ?? null,
      report_title: preset.branding?.report_title ?? null,
    },
    style: {
      font: preset.style?.font ?? 'Helvetica',
      font_size: preset.style?.font_size ?? 11,
      paper: preset.style?.paper ?? 'A4',
    },
    format: preset.format ?? 'pdf',
    include_adversarial: preset.include_adversarial ?? false,
    evidence: preset.evidence ?? 'full',
  };
}

/** Throws `invalid`, at `loc`, for bounds of which none can be met. */
export function checkDateOrder(
  { started_after, started_before }: Pick<FindingsFilterRequest, 'started_after' | 'started_before'>,
  loc: readonly string[],
): void {
  if (!started_after || !started_before || Date.parse(started_after) <= Date.parse(started_before)) return;
  const msg = 'started_after must not be later than started_before';
  throw new AppError('invalid', { errors: [{ loc: [...loc, 'started_after'], msg, type: 'date_order' }] });
}

/** Nulls and empty lists mean "no constraint", like a field that is not there. */
function completeFilter(filter: FindingsFilterRequest): FindingsFilter {
  checkDateOrder(filter, ['body', 'preset', 'filters']);
  const given = Object.entries(filter).filter(
    ([, value]) => value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(given);
}
