import type { ReportFacts, ReportFormat } from '#domain';
import type { ReadRows } from '../pipeline/report-writers.ts';

export type RenderStage = 'reading' | 'composing' | 'laying_out' | 'writing';

export interface RenderProgress {
  readonly stage: RenderStage;
  /** Of the whole job, 0 to 1; never falls. */
  readonly fraction: number;
}

export interface RenderJob {
  readonly format: ReportFormat;
  readonly facts: ReportFacts;
  /** Read batch by batch, as the worker asks for them, and more than once by some formats: all from one snapshot. */
  readonly findings: ReadRows;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RenderProgress) => void;
}
