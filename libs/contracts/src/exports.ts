import { Query } from '@nestjs/cqrs';
import type { ProjectRef } from './project-ref.ts';

/** Takes bytes or text as they come, and settles when all of it is on its way or nobody takes any more. */
export type Sink = (chunks: AsyncIterable<string | Uint8Array>) => Promise<void>;

/**
 * Everything of a project in our own NDJSON, from one snapshot, at the pace of the sink. Imported into an empty project
 * it gives the same numbers and the same reports.
 */
export class ExportProject extends Query<void> {
  constructor(
    readonly project: ProjectRef,
    readonly sink: Sink,
  ) {
    super();
  }
}

/** All findings of a project with their trials as a Parquet file, from one snapshot, at the pace of the sink. */
export class ExportFindings extends Query<void> {
  constructor(
    readonly project: ProjectRef,
    /** `[REDACTED]` in place of what somebody wrote in their own words. */
    readonly redact: boolean,
    readonly sink: Sink,
  ) {
    super();
  }
}
