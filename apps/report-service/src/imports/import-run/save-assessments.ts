import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { assessmentColumns, assessmentFacts as facts, completePolicy } from '#domain';
import { InvalidImport } from '../formats/invalid-import.ts';
import type { StagedAssessment } from '../formats/staged-record.ts';
import { ownSource } from './restore-sources.ts';
import type { ReadFacts } from './read-in-thread.ts';

export interface AssessmentTarget {
  readonly organizationId: string;
  readonly projectId: string;
  /** Name for an assessment that the file does not name. */
  readonly fallbackName: string;
}

/** Parameters from 10 on are the facts. */
const upsertAssessment = `
  insert into findings.assessment as a (id, organization_id, project_id, key, name, status, created_at, complete_policy,
    ${facts.join(', ')})
  values ($1, $2, $3, $4, $5, coalesce($6, 'completed'), coalesce($7::timestamptz, now()), $8,
    ${facts.map((_, place) => `$${place + 10}`).join(', ')})
  on conflict (project_id, key) do update set
    name = case when $9 then excluded.name else a.name end,
    ${['complete_policy', ...facts].map((column) => `${column} = coalesce(excluded.${column}, a.${column})`).join(', ')},
    -- Made by a request and still without a run: this is it.
    status = coalesce($6, case when a.status = 'pending' then 'completed' else a.status end),
    updated_at = now()
  returning id, (xmax <> 0) as known, complete_policy as policy`;

/** Makes each assessment that the file names, or adds its facts to the one that is there. */
export async function saveAssessments(client: PoolClient, read: ReadFacts, target: AssessmentTarget): Promise<void> {
  await client.query(
    `create temp table staged_assessment (key text primary key, id uuid not null, coverage text not null,
       known boolean not null, score_meaning text not null, policy jsonb) on commit drop`,
  );
  for (const assessment of read.assessments.values()) {
    const coverage = assessment.coverage ?? 'full';
    const { key, said } = await findAssessment(client, assessment, target.projectId);
    const row = await single<{ id: string; known: boolean; policy: object | null }>(client, upsertAssessment, [
      randomUUID(),
      target.organizationId,
      target.projectId,
      key,
      assessment.name ?? target.fallbackName,
      assessment.status ?? null,
      assessment.created_at ?? null,
      json(completePolicy(assessment.severity_policy)),
      // The name that a request gave stays, whatever the file calls it.
      assessment.name !== undefined && !said,
      ...facts.map((column) => parameter(column, assessment[column])),
    ]);
    await client.query(`insert into staged_assessment values ($1, $2, $3, $4, $5, $6)`, [
      assessment.key,
      row.id,
      coverage,
      row.known,
      assessment.score_meaning ?? 'graded',
      json(row.policy),
    ]);
    await noteSources(client, row.id, assessment, coverage, target);
  }
}

/** What this import, or each of those that an export brings back, says about the assessment. */
async function noteSources(
  client: PoolClient,
  assessmentId: string,
  assessment: StagedAssessment,
  coverage: string,
  target: AssessmentTarget,
): Promise<void> {
  const { threshold, detector, primary_rule, source_reported, sources } = assessment;
  const own = [{ source: ownSource, coverage, threshold, detector, primary_rule, source_reported }];
  for (const said of sources ?? own) {
    await client.query(
      `insert into findings.assessment_import (assessment_id, import_id, organization_id, coverage, threshold, detector,
         primary_rule, source_reported, facts)
       select $1, import_id, $2, $3, $4, $5, $6, $7, $8 from staged_source where key = $9`,
      [
        assessmentId,
        target.organizationId,
        said.coverage,
        said.threshold ?? null,
        said.detector ?? null,
        said.primary_rule ?? null,
        json(said.source_reported),
        sources === undefined ? json(factsOf(assessment, target.fallbackName)) : null,
        said.source,
      ],
    );
  }
}

/** The columns of an assessment that a file gives; kept for the day on which another import of it is deleted. */
const factsOf = (assessment: StagedAssessment, fallbackName: string): object => ({
  fallback_name: fallbackName,
  ...Object.fromEntries(['name' as const, 'status' as const, ...facts].map((column) => [column, assessment[column]])),
});

/**
 * Which assessment of the project a file's assessment is: the one of the same key, else the one whose id the file names,
 * else the newest that a request made under that name.
 */
async function findAssessment(
  client: PoolClient,
  { key, name }: StagedAssessment,
  projectId: string,
): Promise<{ readonly key: string; readonly said: boolean }> {
  const { rows } = await client.query<{ id: string; key: string; said: boolean }>(
    `select id, key, made_by_request as said from findings.assessment
     where project_id = $1 and (key = $2 or id::text = lower($2) or made_by_request and name = $3)
     order by key = $2 desc, id::text = lower($2) desc, created_at desc limit 1`,
    [projectId, key, name ?? null],
  );
  const [found] = rows;
  if (!found) return { key, said: false };
  const { rowCount } = await client.query('select from staged_assessment where id = $1', [found.id]);
  if (rowCount) {
    const msg = `names the assessment ${found.id} more than once`;
    throw new InvalidImport([{ loc: ['file'], msg, type: 'duplicate_reference' }]);
  }
  return found;
}

const json = (value: unknown): string | null => (value === undefined || value === null ? null : JSON.stringify(value));

const parameter = (column: (typeof facts)[number], value: unknown): unknown =>
  assessmentColumns[column].type === 'jsonb' ? json(value) : (value ?? null);

export async function single<Row extends object>(
  client: PoolClient,
  sql: string,
  values: unknown[] = [],
): Promise<Row> {
  const { rows } = await client.query<Row>(sql, values);
  const [row] = rows;
  if (!row) throw new Error('A statement that always answers with a row gave none.');
  return row;
}
