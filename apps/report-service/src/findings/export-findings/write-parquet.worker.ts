import { parentPort } from 'node:worker_threads';
import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import { parquetColumns } from './parquet-columns.ts';
import type { ToParquetThread } from './parquet-thread.ts';

const bytes = new ByteWriter();
const schema = schemaFromColumnData({ columnData: columnsOf([]) });
const writer = new ParquetWriter({ writer: bytes, schema, createdBy: 'airt-report-service' });

parentPort?.on('message', (rows: ToParquetThread) => {
  if (rows === null) void writer.finish();
  else void writer.write({ columnData: columnsOf(rows), rowGroupSize: Math.max(1, rows.length) });
  const written = bytes.getBytes().slice();
  // What was handed over is let go; the offset goes on, since the footer counts from the file's begin.
  bytes.index = 0;
  parentPort?.postMessage(written, [written.buffer]);
});

function columnsOf(rows: NonNullable<ToParquetThread>): Parameters<typeof schemaFromColumnData>[0]['columnData'] {
  return parquetColumns.map(({ name, type }) => ({
    name,
    type,
    nullable: true,
    data: rows.map((row) => row[name] ?? undefined),
  }));
}
