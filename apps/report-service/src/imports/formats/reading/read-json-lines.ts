import { JsonFault, parseJson } from './parse-json.ts';
import { readBlocks } from './read-blocks.ts';
import { asRecord, type JsonRecord } from './json-value.ts';
import { warn } from './warn.ts';
import { InvalidImport } from '../invalid-import.ts';
import type { ReadOptions, ReadTally } from '../staged-record.ts';

export interface JsonLine {
  /** Number of the line in the file, from 1. */
  readonly line: number;
  readonly value: JsonRecord;
}

/** The objects of a file with one JSON object a line, in batches; counts rows_read. Throws InvalidImport at a broken line. */
export async function* readJsonLines(
  file: string,
  options: Pick<ReadOptions, 'allowTruncatedTail'>,
  tally: ReadTally,
): AsyncGenerator<readonly JsonLine[]> {
  for await (const { text, firstLine, unterminated } of readBlocks(file)) {
    const batch: JsonLine[] = [];
    let line = firstLine;
    for (let start = 0; start < text.length; line += 1) {
      const end = text.indexOf('\n', start);
      const source = text.slice(start, end === -1 ? text.length : end);
      start = end === -1 ? text.length : end + 1;
      if (source.trim() === '') continue;
      const maybeCut = unterminated && end === -1;
      const value = readLine(source, line, maybeCut, options, tally);
      if (value === undefined) continue;
      tally.rows_read += 1;
      batch.push({ line, value });
    }
    if (batch.length > 0) yield batch;
  }
}

function readLine(
  source: string,
  line: number,
  maybeCut: boolean,
  options: Pick<ReadOptions, 'allowTruncatedTail'>,
  tally: ReadTally,
): JsonRecord | undefined {
  try {
    const value = asRecord(parseJson(source, tally));
    if (value !== undefined) return value;
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    if (!maybeCut || error.type !== 'json_invalid') {
      throw new InvalidImport([{ loc: ['line', line], msg: error.message, type: error.type }]);
    }
    if (!options.allowTruncatedTail) {
      const msg = 'The last line was cut off in writing; import with allow_truncated_tail=true to leave it out.';
      throw new InvalidImport([{ loc: ['line', line], msg, type: 'truncated_tail' }]);
    }
    warn(tally, `line ${line} was cut off in writing and is left out`);
    return undefined;
  }
  throw new InvalidImport([{ loc: ['line', line], msg: 'Each line must be a JSON object.', type: 'type_error' }]);
}
