import { ApiProperty } from '@nestjs/swagger';
import { buildStatuses, reportFormats } from '#domain';

export class BuildProgress {
  /** What the build is doing: reading, composing, laying_out, storing, done. */
  @ApiProperty({ type: String, nullable: true, example: 'laying_out' })
  stage!: string | null;
  /** 0 to 100; within an attempt it never falls. */
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 100, example: 45 })
  percent!: number;
  /** Place in the queue, from 1; null when the build does not wait, or more than 1,000 are before it. */
  @ApiProperty({ type: 'integer', nullable: true, minimum: 1, maximum: 1000, example: null })
  queue_position!: number | null;
}

/** A build job; the same shape for the 202 of a build and for every poll. */
export class BuildJobResponse {
  @ApiProperty({ format: 'uuid' })
  job_id!: string;

  @ApiProperty({ enum: buildStatuses })
  status!: string;

  created_at!: Date;

  /** When it ended. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  completed_at!: Date | null;

  /** Signed download of one hour, made anew for each read of a completed build; null in lists. */
  @ApiProperty({ type: String, format: 'uri', nullable: true })
  presigned_url!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  url_expires_at!: Date | null;

  /** 0 until completed. */
  @ApiProperty({ type: 'integer' })
  file_size_bytes!: number;

  /** Why a failed build failed. */
  @ApiProperty({ type: String, nullable: true })
  error_message!: string | null;

  @ApiProperty({ format: 'uuid' })
  project_id!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  template_id!: string | null;

  @ApiProperty({ enum: reportFormats })
  format!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  started_at!: Date | null;

  /** Build that this one repeats. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  retry_of!: string | null;

  /** Of the report, hex; null until completed. */
  @ApiProperty({ type: String, nullable: true })
  sha256!: string | null;

  progress!: BuildProgress;
}
