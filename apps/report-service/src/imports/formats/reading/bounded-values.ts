import { assessmentColumns, runColumns, storedLimits, type StoredColumns, trialColumns } from '#domain';

import { InvalidImport } from '../invalid-import.ts';
import type { StagedRecord } from '../staged-record.ts';

type Location = (row: number) => readonly (string | number)[];

const columnsOf: Partial<Record<StagedRecord['kind'], StoredColumns>> = {
  assessment: assessmentColumns,
  run: runColumns,
  trial: trialColumns,
};
const evidence = new Set(['original_prompt', 'prompt', 'response', 'reasoning', 'triggers', 'turns']);

/** Refuses a record with a value that is too large to be listed, exported and printed. Names have a bound of their own. */
export function checkSizes(records: readonly StagedRecord[], locate: Location): void {
  for (const record of records) {
    const columns = columnsOf[record.kind];
    if (columns === undefined) continue;
    for (const [field, value] of Object.entries(record)) {
      // Most values are short, and a look at the longest is cheap.
      if (typeof value !== 'string' && (typeof value !== 'object' || value === null)) continue;
      const limit = limitOf(field, columns);
      if (limit !== undefined && sizeOf(value) > limit) throw tooLarge(record, field, limit, locate);
    }
  }
}

function limitOf(field: string, columns: StoredColumns): number | undefined {
  if (evidence.has(field)) return storedLimits.evidence;
  if (field === 'source_reported' || field === 'sources') return storedLimits.json;
  const column = columns[field];
  if (column === undefined) return undefined;
  return column.type === 'jsonb' ? storedLimits.json : storedLimits.text;
}

const sizeOf = (value: unknown): number =>
  typeof value === 'string' ? value.length : Array.isArray(value) ? sizeOfList(value) : JSON.stringify(value).length;

/** Of turns and triggers, which are many: without writing each list as text. */
const sizeOfList = (list: readonly unknown[]): number =>
  list.reduce<number>(
    (sum, item) => sum + (typeof item === 'string' ? item.length : JSON.stringify(item ?? null).length),
    0,
  );

function tooLarge(record: StagedRecord, field: string, limit: number, locate: Location): InvalidImport {
  const place = 'row' in record ? locate(record.row) : ['assessment'];
  const msg = `The ${field} is longer than ${limit} characters. Shorten it, or leave it out.`;
  return new InvalidImport([{ loc: [...place, field], msg, type: 'value_too_large' }]);
}
