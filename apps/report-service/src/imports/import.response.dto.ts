import { ApiProperty } from '@nestjs/swagger';
import { PageResponse, ValidationErrorItem } from '#platform';

/** An import with its counts; final once `status` is `completed`. */
export class ImportResponse {
  id!: string;

  @ApiProperty({ enum: ['receiving', 'reading', 'finalising', 'completed', 'failed'] })
  status!: string;

  /** Format that the content was recognised as. */
  format!: string | null;
  file_name!: string | null;
  sha256!: string | null;
  bytes_read!: number;
  /** Non-blank lines, results, CSV records or attack details. */
  rows_read!: number;
  assessments!: number;
  attack_runs!: number;
  trials!: number;
  succeeded!: number;
  resisted!: number;
  not_assessed!: number;
  /** Runs whose answer looks like an error of the target; part of `not_assessed`. */
  suspected_target_errors!: number;
  /** Rows merged into an existing run without adding a trial. */
  folded!: number;
  /** Data rows that are no attempt. */
  skipped!: number;

  /** Reason to number of rows skipped for it. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } })
  skipped_reasons!: Readonly<Record<string, number>>;

  @ApiProperty({ type: [String] })
  warnings!: readonly string[];

  /** Why a failed import failed. */
  @ApiProperty({ type: () => [ValidationErrorItem] })
  errors!: readonly { readonly loc: readonly (string | number)[]; readonly msg: string; readonly type: string }[];

  /** ISO 8601 UTC. */
  created_at!: string;
  completed_at!: string | null;
}

export class ImportListResponse extends PageResponse {
  @ApiProperty({ type: () => [ImportResponse] })
  imports!: ImportResponse[];
}
