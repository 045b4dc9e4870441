import { Module } from '@nestjs/common';
import { DeleteImportController } from './delete-import/delete-import.controller.ts';
import { DeleteImportHandler } from './delete-import/delete-import.handler.ts';
import { ImportJournal } from './import-journal.ts';
import { ImportRunController } from './import-run/import-run.controller.ts';
import { ImportTurns } from './import-run/import-turns.ts';
import { ImportRunHandler } from './import-run/import-run.handler.ts';
import { GetImportHandler } from './read-imports/get-import.handler.ts';
import { ListImportsHandler } from './read-imports/list-imports.handler.ts';
import { ReadImportsController } from './read-imports/read-imports.controller.ts';
import { SweepImports } from './sweep-imports/sweep-imports.ts';
import { SweepSpool } from './sweep-imports/sweep-spool.ts';

/** Files of red-team tools: read into assessments, runs and trials, listed, and taken back. */
@Module({
  controllers: [ImportRunController, ReadImportsController, DeleteImportController],
  providers: [
    ImportJournal,
    ImportTurns,
    ImportRunHandler,
    SweepImports,
    SweepSpool,
    GetImportHandler,
    ListImportsHandler,
    DeleteImportHandler,
  ],
})
export class ImportsModule {}
