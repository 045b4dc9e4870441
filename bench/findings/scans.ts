import type { Client } from 'pg';

/** One node of a plan that reads attack runs or trials, as `EXPLAIN` names it. */
export interface Scan {
  readonly node: string;
  readonly table: string;
  readonly index: string | null;
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

/** What `EXPLAIN` says of a statement for the service's own role, held to its tenant, with the values in place. */
export async function scansOf(
  client: Client,
  organizationId: string,
  [sql, parameters]: readonly [string, readonly unknown[]],
): Promise<readonly Scan[]> {
  await client.query('begin read only');
  try {
    await client.query('set local role airt_app');
    await client.query(`select set_config('app.organization_id', $1, true)`, [organizationId]);
    const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(`explain (format json) ${sql}`, [
      ...parameters,
    ]);
    return rows.flatMap((row) => scans(row['QUERY PLAN'][0].Plan));
  } finally {
    await client.query('rollback');
  }
}

function scans(node: PlanNode): Scan[] {
  const table = node['Relation Name'];
  const index = node['Index Name'] ?? null;
  const reads = table === 'attack_run' || table === 'trial' || node['Node Type'] === 'Bitmap Index Scan';
  const own = reads ? [{ node: node['Node Type'], table: table ?? '', index }] : [];
  return [...own, ...(node.Plans ?? []).flatMap(scans)];
}

export const isTableScan = ({ node, table }: Scan): boolean => node === 'Seq Scan' && table === 'attack_run';

export const inWords = (list: readonly Scan[]): string =>
  list.map(({ node, table, index }) => `${node} ${index ?? table}`).join(', ') || 'no scan of runs';

/** Sequential scans of `findings.attack_run` that PostgreSQL has counted, by whoever. */
export async function tableScansSoFar(client: Client): Promise<number> {
  const { rows } = await client.query<{ seq_scan: string }>(
    `select seq_scan from pg_stat_user_tables where schemaname = 'findings' and relname = 'attack_run'`,
  );
  return Number(rows[0]?.seq_scan ?? 0);
}
