import type { ArtifactRef } from '#contracts';
import type { ReportFormat } from '#domain';

export const contentTypes: Readonly<Record<ReportFormat, string>> = {
  pdf: 'application/pdf',
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  html: 'text/html; charset=utf-8',
};

/** One key an attempt: a late attempt writes beside the winner, never over it. */
export function artifactKey({ organizationId, workspaceId, buildId, attempt, format }: ArtifactRef): string {
  return `reports/${organizationId}/${workspaceId}/${buildId}/${attempt}.${format}`;
}
