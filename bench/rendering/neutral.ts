import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import type { FindingRow } from '#domain';

/** One finding as every peer but ours reads it: what stands in its row and in its block, already in words. */
export interface NeutralFinding {
  readonly id: string;
  readonly title: string;
  /** Lines of each cell of the row. */
  readonly cells: readonly (readonly string[])[];
  /** Labelled paragraphs below its heading; none where the report is a table alone. */
  readonly rows: readonly {
    readonly label: string;
    readonly texts: readonly { readonly text: string; readonly mono: boolean }[];
  }[];
}

export const columns = [
  { title: 'Id', width: 38 },
  { title: 'Severity', width: 58 },
  { title: 'What happened', width: 191 },
  { title: 'Attack', width: 104 },
  { title: 'Trials', width: 42 },
  { title: 'Status', width: 66 },
] as const;

/** The faces of our reports, for every peer. */
const require = createRequire(import.meta.url);
export const faces = {
  regular: require.resolve('@expo-google-fonts/arimo/400Regular/Arimo_400Regular.ttf'),
  bold: require.resolve('@expo-google-fonts/arimo/700Bold/Arimo_700Bold.ttf'),
  mono: require.resolve('@expo-google-fonts/cousine/400Regular/Cousine_400Regular.ttf'),
} as const;

/** A file of one JSON value a line. */
export async function* jsonLines<T>(path: string): AsyncGenerator<T> {
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    yield JSON.parse(line) as T;
  }
}

/** Rows as the service streams them. */
export async function* rowBatches(path: string): AsyncGenerator<readonly FindingRow[]> {
  let batch: FindingRow[] = [];
  for await (const row of jsonLines<FindingRow>(path)) {
    batch.push(row);
    if (batch.length < 50) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
