import { assessmentColumns, columnNames, runColumns, type StoredColumns, trialColumns } from '#domain';

import { excerpt } from './warn.ts';
import { InvalidImport } from '../invalid-import.ts';
import type { StagedRecord } from '../staged-record.ts';

/** Names are keys of indexes and cells of tables. Longer texts are bounded by bounded-values.ts. */
export const longestName = 500;

const namesOf = (columns: StoredColumns): string[] =>
  columnNames(columns).filter((column) => columns[column]?.isName === true);

const shortFields = [
  ...new Set([
    'attack_name',
    'key',
    'name',
    'assessment',
    'run',
    'trial',
    ...[assessmentColumns, runColumns, trialColumns].flatMap(namesOf),
  ]),
];

/** Refuses a record whose names no honest file has. `locate` says where the record stands, by its row. */
export function checkNames(
  records: readonly StagedRecord[],
  locate: (row: number) => readonly (string | number)[],
): void {
  for (const record of records) {
    const fields = record as unknown as Readonly<Partial<Record<string, unknown>>>;
    for (const field of shortFields) {
      const value = fields[field];
      if (typeof value === 'string' && value.length > longestName) throw tooLong(record, field, value, locate);
    }
    if (record.kind === 'run') {
      const transform = record.transforms.find((name) => name.length > longestName);
      if (transform !== undefined) throw tooLong(record, 'transforms', transform, locate);
    }
  }
}

function tooLong(
  record: StagedRecord,
  field: string,
  value: string,
  locate: (row: number) => readonly (string | number)[],
): InvalidImport {
  const place = 'row' in record ? locate(record.row) : ['assessment'];
  const msg = `The ${field} is longer than ${longestName} characters: "${excerpt(value)}".`;
  return new InvalidImport([{ loc: [...place, field], msg, type: 'too_long' }]);
}
