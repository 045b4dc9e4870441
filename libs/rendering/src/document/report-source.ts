import type { ReportFacts } from '#domain';
import type { FindingContent } from '../content/report-content.ts';

/** A report on its way: its facts, and its findings as they are composed, which can be read once. */
export interface ReportSource {
  readonly facts: ReportFacts;
  readonly findings: AsyncIterable<readonly FindingContent[]>;
  /** All findings are read; called by a writer that needs them all before its first byte. */
  readonly onStage?: (stage: 'composing' | 'laying_out' | 'writing') => void;
}

export interface ReportWriter {
  /** Pieces of the document, in order; the same source gives the same bytes. */
  readonly write: (source: ReportSource) => AsyncIterable<string | Uint8Array>;
  /** Pieces leave while findings are read; else all are read before the first. */
  readonly streams: boolean;
}

export async function allFindings({ findings }: ReportSource): Promise<readonly FindingContent[]> {
  const all: FindingContent[] = [];
  for await (const batch of findings) all.push(...batch);
  return all;
}
