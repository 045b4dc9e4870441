import type { Api } from './api.ts';
import type { RunRecord } from './run-record.ts';

interface FindingList {
  readonly findings: readonly { readonly id: string; readonly assessment_id: string }[];
}

/** What the requests in `docs/http` need to run as written against this run's project. */
export async function httpVariables(
  api: Api,
  record: RunRecord,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  const { body } = await api.get<FindingList>(`${api.project(record.project)}/findings?page_size=1`, signal);
  const finding = body.findings[0];
  return {
    base_url: api.baseUrl,
    org: api.credentials.org,
    workspace: api.credentials.workspace,
    project: record.project,
    project_id: record.project_id ?? '',
    api_key: api.credentials.api_key,
    job_id: record.build_id ?? '',
    import_id: record.imports.at(-1)?.id ?? '',
    finding_id: finding?.id ?? '',
    assessment_id: finding?.assessment_id ?? '',
  };
}
