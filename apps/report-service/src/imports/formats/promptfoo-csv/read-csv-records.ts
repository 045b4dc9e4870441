import { Readable } from 'node:stream';

import { CsvError, parse } from 'csv-parse';

import { longestLine, readBlocks } from '../reading/read-blocks.ts';
import { storableText } from '../reading/storable-text.ts';
import { warn } from '../reading/warn.ts';
import { InvalidImport } from '../invalid-import.ts';
import type { ReadOptions, ReadTally } from '../staged-record.ts';

export interface CsvRecord {
  /** Number of the record after the header, from 1. */
  readonly record: number;
  /** Line of the file on which the record begins. */
  readonly line: number;
  readonly fields: Readonly<Record<string, string>>;
}

const batchSize = 500;

/** Streams the records of a CSV file with a header; a record may span lines. Throws InvalidImport with the line. */
export async function* readCsvRecords(
  file: string,
  requiredColumns: readonly string[],
  options: Pick<ReadOptions, 'allowTruncatedTail'>,
  tally: ReadTally,
): AsyncGenerator<readonly CsvRecord[]> {
  const tail = { unterminated: false };
  const text = Readable.from(blockTexts(file, tail), { objectMode: true });
  const parser = parse({ info: true, relax_column_count: true, skip_empty_lines: true, max_record_size: longestLine });
  text.on('error', (error) => parser.destroy(error));
  text.pipe(parser);
  let header: readonly string[] | undefined;
  let batch: CsvRecord[] = [];
  let lastLine = 0;
  // Held back by one, because only the last record of a file can have been cut off.
  let held: CsvRow | undefined;
  try {
    for await (const { record: values, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      const row: CsvRow = { values, line: lastLine + 1 };
      lastLine = info.lines;
      if (header === undefined) {
        header = checkedHeader(values, requiredColumns);
        continue;
      }
      if (held !== undefined) batch.push(recordOf(held, header, tally));
      held = row;
      if (batch.length >= batchSize) {
        yield batch;
        batch = [];
      }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code !== 'CSV_QUOTE_NOT_CLOSED') {
      const type = error.code === 'CSV_MAX_RECORD_SIZE' ? 'record_too_large' : 'csv_invalid';
      throw new InvalidImport([
        {
          loc: ['line', lastLine + 1],
          msg: `Not valid CSV: ${csvFaults[error.code] ?? 'a quote stands where none may'}.`,
          type,
        },
      ]);
    }
    cutOff(lastLine + 1, options, tally);
  }
  if (header === undefined)
    throw new InvalidImport([{ loc: ['line', 1], msg: 'The file has no header.', type: 'missing' }]);
  if (held !== undefined) {
    if (held.values.length < header.length && tail.unterminated) cutOff(held.line, options, tally);
    else batch.push(recordOf(held, header, tally));
  }
  if (batch.length > 0) yield batch;
}

const csvFaults: Readonly<Partial<Record<string, string>>> = {
  CSV_MAX_RECORD_SIZE: `a record is larger than ${longestLine / 1024 / 1024} MiB`,
  CSV_INVALID_CLOSING_QUOTE: 'text follows a closing quote',
};

interface CsvRow {
  readonly values: readonly string[];
  readonly line: number;
}

async function* blockTexts(file: string, tail: { unterminated: boolean }): AsyncGenerator<string> {
  for await (const block of readBlocks(file)) {
    tail.unterminated = block.unterminated;
    yield block.text;
  }
}

function checkedHeader(columns: readonly string[], required: readonly string[]): readonly string[] {
  const names = columns.map((column) => column.trim());
  const missing = required.filter((column) => !names.includes(column));
  if (missing.length > 0) {
    throw new InvalidImport(
      missing.map((column) => ({ loc: ['line', 1, column], msg: `The column ${column} is missing.`, type: 'missing' })),
    );
  }
  return names;
}

function recordOf({ values, line }: CsvRow, header: readonly string[], tally: ReadTally): CsvRecord {
  if (values.length !== header.length) {
    const msg = `The record has ${values.length} fields where the header has ${header.length}.`;
    throw new InvalidImport([{ loc: ['line', line], msg, type: 'csv_invalid' }]);
  }
  tally.rows_read += 1;
  const escape = (count: number): void => {
    warn(tally, 'NUL or lone surrogate stored as a visible escape', count);
  };
  const fields = Object.fromEntries(header.map((name, at) => [name, storableText(values[at] ?? '', escape)]));
  return { record: tally.rows_read, line, fields };
}

function cutOff(line: number, options: Pick<ReadOptions, 'allowTruncatedTail'>, tally: ReadTally): void {
  if (!options.allowTruncatedTail) {
    const msg = 'The last record was cut off in writing; import with allow_truncated_tail=true to leave it out.';
    throw new InvalidImport([{ loc: ['line', line], msg, type: 'truncated_tail' }]);
  }
  warn(tally, `the record on line ${line} was cut off in writing and is left out`);
}
