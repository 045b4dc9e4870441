import type { Snapshot } from '#contracts';
import { findingColumns, selectList, trialColumns } from './parquet-columns.ts';

export type ParquetRow = Readonly<Record<string, unknown>>;

const batchSize = 50;

/** A row a trial with the columns of its finding, and one for a finding without trials. Portions of bounded size. */
export async function* parquetRows(
  snapshot: Snapshot,
  projectId: string,
  redact: boolean,
): AsyncGenerator<readonly ParquetRow[]> {
  const findings = `
    select ${selectList(findingColumns, redact)}
    from findings.attack_run r join findings.assessment a on a.id = r.assessment_id
    where r.project_id = $1 and r.superseded_by is null
    order by a.key collate "C", r.ordinal, r.run_key collate "C"`;
  const trials = `
    select array_position($1::uuid[], t.attack_run_id) as place, ${selectList(trialColumns, redact)}
    from findings.trial t join findings.attack_run r on r.id = t.attack_run_id
    where t.attack_run_id = any($1::uuid[])
    order by array_position($1::uuid[], t.attack_run_id), t.ordinal`;
  for await (const batch of snapshot.stream<ParquetRow>(findings, [projectId], batchSize)) {
    const ids = batch.map((finding) => finding['finding_id']);
    const bare = new Set(batch);
    for await (const rows of snapshot.stream<ParquetRow & { readonly place: number }>(trials, [ids], batchSize)) {
      yield rows.map(({ place, ...trial }) => {
        const finding = batch[place - 1];
        if (finding) bare.delete(finding);
        return { ...finding, ...trial };
      });
    }
    if (bare.size > 0) yield [...bare];
  }
}
