import type { FindingRow, ReportFacts, ReportFormat } from '#domain';
import type { FindingsPart } from '../model/report-content.ts';
import type { RenderProgress } from './render-job.ts';

/** To the worker: a job, its findings one batch at each request, as often as they are read, leave to send one more piece of the document. */
export type ToWorker =
  | { readonly kind: 'start'; readonly format: ReportFormat; readonly facts: ReportFacts }
  | { readonly kind: 'batch'; readonly rows: readonly FindingRow[] }
  | { readonly kind: 'end_of_findings' }
  | { readonly kind: 'pull' };

export type FromWorker =
  | { readonly kind: 'ready' }
  /** Begins a reading of the findings; each batch of it is asked for. */
  | { readonly kind: 'read'; readonly part: FindingsPart }
  | { readonly kind: 'want_batch' }
  | { readonly kind: 'progress'; readonly progress: RenderProgress }
  /** The first piece of the document is there; from now on each waits for its pull. */
  | { readonly kind: 'open' }
  | { readonly kind: 'piece'; readonly bytes: Uint8Array }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly message: string };
