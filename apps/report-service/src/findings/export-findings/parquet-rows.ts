import type { Snapshot } from '#contracts';
import { runColumns } from '#domain';
import { rowsAtOnce, textBytes, trialBytes } from '../rows/byte-budget.ts';
import { findingColumns, selectList, trialColumns } from './parquet-columns.ts';

export type ParquetRow = Readonly<Record<string, unknown>>;

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
  const sizesOfFindings = `
    select ${textBytes(runColumns, 'r')} as bytes from findings.attack_run r
    where r.project_id = $1 and r.superseded_by is null`;
  // A row of the file holds both, and what its finding says again for each trial.
  const sizesOfTrials = `
    select ${trialBytes} + ${textBytes(runColumns, 'r')} as bytes
    from findings.trial t join findings.attack_run r on r.id = t.attack_run_id where t.attack_run_id = any($1::uuid[])`;
  const findingsAtOnce = await rowsAtOnce(snapshot, sizesOfFindings, [projectId]);
  for await (const batch of snapshot.stream<ParquetRow>(findings, [projectId], findingsAtOnce)) {
    const ids = batch.map((finding) => finding['finding_id']);
    const bare = new Set(batch);
    const trialsAtOnce = await rowsAtOnce(snapshot, sizesOfTrials, [ids]);
    for await (const rows of snapshot.stream<ParquetRow & { readonly place: number }>(trials, [ids], trialsAtOnce)) {
      yield rows.map(({ place, ...trial }) => {
        const finding = batch[place - 1];
        if (finding) bare.delete(finding);
        return { ...finding, ...trial };
      });
    }
    if (bare.size > 0) yield [...bare];
  }
}
