import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { ExportFindings } from '#contracts';
import { Database } from '#platform';
import { type ParquetRow, parquetRows } from './parquet-rows.ts';
import { ParquetThread } from './parquet-thread.ts';

/** A row group: large enough to compress well, small enough to be held in memory twice. */
const rowsOfGroup = 5_000;
const charactersOfGroup = 4_000_000;

@QueryHandler(ExportFindings)
export class ExportFindingsHandler implements IQueryHandler<ExportFindings> {
  constructor(private readonly database: Database) {}

  async execute({ project, redact, sink }: ExportFindings): Promise<void> {
    await this.database.snapshot(project.organizationId, (snapshot) =>
      sink(parquetFile(parquetRows(snapshot, project.projectId, redact))),
    );
  }
}

async function* parquetFile(rows: AsyncIterable<readonly ParquetRow[]>): AsyncGenerator<Uint8Array> {
  const thread = new ParquetThread();
  try {
    for await (const group of groupsOf(rows)) yield await thread.write(group);
    yield await thread.write(null);
  } finally {
    await thread.close();
  }
}

async function* groupsOf(portions: AsyncIterable<readonly ParquetRow[]>): AsyncGenerator<readonly ParquetRow[]> {
  let group: ParquetRow[] = [];
  let characters = 0;
  for await (const portion of portions) {
    group.push(...portion);
    for (const row of portion) characters += lengthOf(row);
    if (group.length < rowsOfGroup && characters < charactersOfGroup) continue;
    yield group;
    group = [];
    characters = 0;
  }
  if (group.length > 0) yield group;
}

const lengthOf = (row: ParquetRow): number =>
  Object.values(row).reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 16), 0);
