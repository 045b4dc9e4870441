import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { ExportFindings, type Snapshot } from '#contracts';
import { Database } from '#platform';
import { ExportSlots } from '../export-slots.ts';
import { type ParquetRow, parquetRows } from './parquet-rows.ts';
import { ParquetThread } from './parquet-thread.ts';

/** A row group: large enough to compress well, small enough to be held in memory twice. */
const rowsOfGroup = 5_000;
const charactersOfGroup = 4_000_000;

@QueryHandler(ExportFindings)
export class ExportFindingsHandler implements IQueryHandler<ExportFindings> {
  constructor(
    private readonly database: Database,
    private readonly slots: ExportSlots,
  ) {}

  async execute({ project, redact, sink }: ExportFindings): Promise<void> {
    const { organizationId, projectId } = project;
    const write = (snapshot: Snapshot): Promise<void> => sink(parquetFile(parquetRows(snapshot, projectId, redact)));
    await this.slots.during(organizationId, () => this.database.snapshot(organizationId, write, { pool: 'exports' }));
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
    for (const row of portion) {
      group.push(row);
      characters += lengthOf(row);
      if (group.length < rowsOfGroup && characters < charactersOfGroup) continue;
      yield group;
      group = [];
      characters = 0;
    }
  }
  if (group.length > 0) yield group;
}

const lengthOf = (row: ParquetRow): number =>
  Object.values(row).reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 16), 0);
