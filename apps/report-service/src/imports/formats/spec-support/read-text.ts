import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { foldRecords, type FoldedImport } from './fold-records.ts';
import { detectFormat } from '../detect-format.ts';
import { importFormats } from '../import-formats.ts';
import { InvalidImport, type ImportProblem } from '../invalid-import.ts';
import type { ImportFormat, ReadOptions, ReadTally, StagedRecord } from '../staged-record.ts';

export interface Reading {
  readonly format: ImportFormat;
  readonly records: readonly StagedRecord[];
  readonly tally: ReadTally;
  readonly folded: FoldedImport;
}

/** Reads a file as the importer would: the format by content, then every record. */
export async function readFileRecords(
  file: string,
  options: Partial<ReadOptions> = {},
  known?: ImportFormat,
): Promise<Reading> {
  const format = known ?? (await detectFormat(file));
  const tally: ReadTally = { rows_read: 0, warnings: new Map() };
  const records: StagedRecord[] = [];
  const all: ReadOptions = {
    formats: importFormats.map(({ name }) => name),
    fileSha256: 'f'.repeat(64),
    keepSuspectedErrors: false,
    allowTruncatedTail: false,
    ...options,
  };
  for await (const batch of format.read(file, all, tally)) records.push(...batch);
  return { format, records, tally, folded: foldRecords(records, format.accumulates) };
}

/** The same for content written on the spot. */
export async function readText(content: string | Uint8Array, options: Partial<ReadOptions> = {}): Promise<Reading> {
  return inFile(content, (file) =>
    readFileRecords(file, { fileSha256: createHash('sha256').update(content).digest('hex'), ...options }),
  );
}

export async function inFile<T>(content: string | Uint8Array, use: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'airt-format-'));
  try {
    const file = join(folder, 'input');
    await writeFile(file, content);
    return await use(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The problems for which the content is refused. */
export async function refusal(
  content: string | Uint8Array,
  options: Partial<ReadOptions> = {},
): Promise<readonly ImportProblem[]> {
  try {
    await readText(content, options);
  } catch (error) {
    if (error instanceof InvalidImport) return error.problems;
    throw error;
  }
  throw new Error('The content was not refused.');
}

export function lines(...rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}
