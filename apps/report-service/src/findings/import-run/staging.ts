import { finished } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { CopyBuffer } from './copy-buffer.ts';
import { copyLine } from './copy-text.ts';
import { InvalidImport } from './invalid-import.ts';
import type { StagedAssessment, StagedAttackFacts, StagedRecord, StagedRun, StagedTrial } from './staged-record.ts';

const runColumns = `assessment text, run text, row integer, rank integer, attack_name text, attack_domain text,
  adversarial_class text, attacker_model text, evaluator_model text, target_model text, goal text, goal_category text,
  category text, sub_category text, risk_domain text, transforms text[], compliance jsonb, source_severity text,
  human_severity text, default_severity text, source_grade text, attack_complexity text, distance_norm text,
  distance_value double precision, execution_time_s double precision, completed_at timestamptz, created_at timestamptz,
  notes text, finding_status text, finding_type text`;

const trialColumns = `assessment text, run text, trial text, row integer, rank integer, outcome text, stands_in boolean,
  not_assessed_reason text, suspected_target_error boolean, score double precision, detector text, secondary_scores jsonb,
  original_prompt text, prompt text, response text, reasoning text, triggers text[], turns jsonb,
  execution_time_ms double precision, source_ref text`;

/** An attacker's file must not fill our memory with assessments or attacks that each hold one row. */
const maxAssessments = 1_000;
const maxAttackFacts = 10_000;
const flushAt = 1024 * 1024;

/** Takes records as they are read and brings them to temporary tables by COPY. Memory is two buffers, whatever the file. */
export class Staging {
  readonly assessments = new Map<string, StagedAssessment>();
  readonly attackFacts = new Map<string, StagedAttackFacts>();
  readonly skippedReasons = new Map<string, number>();
  private readonly runs = new CopyBuffer(flushAt);
  private readonly trials = new CopyBuffer(flushAt);

  private constructor(private readonly client: PoolClient) {}

  static async open(client: PoolClient): Promise<Staging> {
    await client.query(`create temp table staged_run (${runColumns}) on commit drop`);
    await client.query(`create temp table staged_trial (${trialColumns}) on commit drop`);
    return new Staging(client);
  }

  async add(records: readonly StagedRecord[]): Promise<void> {
    for (const record of records) {
      this.take(record);
      if (this.runs.isFull || this.trials.isFull) await this.flush();
    }
  }

  async flush(): Promise<void> {
    await this.copy('staged_run', this.runs);
    await this.copy('staged_trial', this.trials);
  }

  private take(record: StagedRecord): void {
    switch (record.kind) {
      case 'run':
        this.runs.append(runLine(record));
        return;
      case 'trial':
        this.trials.append(trialLine(record));
        return;
      case 'assessment':
        this.mergeAssessment(record);
        return;
      case 'attack_facts':
        this.mergeAttackFacts(record);
        return;
      case 'skipped':
        this.skippedReasons.set(record.reason, (this.skippedReasons.get(record.reason) ?? 0) + 1);
    }
  }

  private mergeAssessment(record: StagedAssessment): void {
    const known = this.assessments.get(record.key);
    if (!known && this.assessments.size >= maxAssessments) {
      throw new InvalidImport([{ loc: ['file'], msg: `names more than ${maxAssessments} assessments`, type: 'too_many' }]);
    }
    const claims = { ...known?.source_reported, ...record.source_reported };
    this.assessments.set(record.key, {
      ...known,
      ...record,
      ...(Object.keys(claims).length > 0 && { source_reported: claims }),
    });
  }

  private mergeAttackFacts(record: StagedAttackFacts): void {
    const key = JSON.stringify([record.assessment, record.attack_name]);
    const known = this.attackFacts.get(key);
    if (!known && this.attackFacts.size >= maxAttackFacts) {
      throw new InvalidImport([{ loc: ['file'], msg: `names more than ${maxAttackFacts} attacks`, type: 'too_many' }]);
    }
    this.attackFacts.set(key, { ...known, ...record, compliance: mergeTags(known?.compliance ?? {}, record.compliance) });
  }

  private async copy(table: string, lines: CopyBuffer): Promise<void> {
    if (lines.isEmpty) return;
    const stream = this.client.query(copyFrom(`copy ${table} from stdin`));
    stream.end(lines.bytes);
    await finished(stream);
    lines.clear();
  }
}

function mergeTags(
  known: StagedAttackFacts['compliance'],
  more: StagedAttackFacts['compliance'],
): StagedAttackFacts['compliance'] {
  const frameworks = new Set([...Object.keys(known), ...Object.keys(more)]);
  return Object.fromEntries(
    [...frameworks].map((framework) => [
      framework,
      [...new Set([...(known[framework] ?? []), ...(more[framework] ?? [])])].sort(),
    ]),
  );
}

function runLine(run: StagedRun): string {
  return copyLine([
    run.assessment,
    run.run,
    run.row,
    run.rank,
    run.attack_name,
    run.attack_domain,
    run.adversarial_class,
    run.attacker_model,
    run.evaluator_model,
    run.target_model,
    run.goal,
    run.goal_category,
    run.category,
    run.sub_category,
    run.risk_domain,
    run.transforms,
    run.compliance,
    run.source_severity,
    run.human_severity,
    run.default_severity,
    run.source_grade,
    run.attack_complexity,
    run.distance_norm,
    run.distance_value,
    run.execution_time_s,
    run.completed_at,
    run.created_at,
    run.notes,
    run.finding_status,
    run.finding_type,
  ]);
}

function trialLine(trial: StagedTrial): string {
  return copyLine([
    trial.assessment,
    trial.run,
    trial.trial,
    trial.row,
    trial.rank,
    trial.outcome,
    trial.stands_in ?? false,
    trial.not_assessed_reason,
    trial.suspected_target_error ?? false,
    trial.score,
    trial.detector,
    trial.secondary_scores,
    trial.original_prompt,
    trial.prompt,
    trial.response,
    trial.reasoning,
    trial.triggers,
    // Arrays are text[] to the COPY writer; turns are jsonb, so they come as text.
    trial.turns && trial.turns.length > 0 ? JSON.stringify(trial.turns) : null,
    trial.execution_time_ms,
    trial.source_ref,
  ]);
}
