import { frameworkKeys } from '#domain';

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
      compliance_frameworks: frameworkKeys,
      // Findings of a red team are confidential until somebody decides otherwise.
      branding: { confidentiality_footer: 'Confidential' },
      format: 'pdf',
    },
  };
}
