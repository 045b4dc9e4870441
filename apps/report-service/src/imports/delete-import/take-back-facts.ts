import { assessmentFacts } from '#domain';
import type { Transaction } from '#contracts';

/**
 * What an import said of assessments that others feed too: where its word is the one that stands, the last word of the
 * others takes its place. What a person changed since is not its word, and stays.
 */
export async function takeBackFacts(tx: Transaction, importId: string): Promise<void> {
  const last = (column: string): string =>
    `(array_agg((o.said).${column} order by o.completed_at desc, o.id) filter (where (o.said).${column} is not null))[1]`;
  const assignments = assessmentFacts.map(
    (column) => `${column} = case when a.${column} = (gone.said).${column} then others.${column} else a.${column} end`,
  );
  await tx.query(
    `with gone as (
       select assessment_id, jsonb_populate_record(null::findings.assessment, facts) as said,
         coalesce(facts->>'name', facts->>'fallback_name') as name
       from findings.assessment_import where import_id = $1 and facts is not null
     ), o as (
       select i.assessment_id, r.completed_at, r.id, jsonb_populate_record(null::findings.assessment, i.facts) as said,
         i.facts->>'fallback_name' as fallback_name
       from findings.assessment_import i join findings.import_run r on r.id = i.import_id
       where i.assessment_id in (select assessment_id from gone) and i.import_id <> $1
     ), others as (
       select o.assessment_id, ${assessmentFacts.map((column) => `${last(column)} as ${column}`).join(', ')},
         coalesce(${last('name')}, (array_agg(o.fallback_name order by o.completed_at, o.id))[1]) as name
       from o group by o.assessment_id
     )
     update findings.assessment a set ${assignments.join(', ')},
       name = case when a.name = gone.name then coalesce(others.name, a.name) else a.name end, updated_at = now()
     from gone join others on others.assessment_id = gone.assessment_id where a.id = gone.assessment_id`,
    [importId],
  );
}
