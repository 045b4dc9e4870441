import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { GetImport, type ImportView } from '#contracts';
import { ImportJournal } from '../import-journal.ts';

@QueryHandler(GetImport)
export class GetImportHandler implements IQueryHandler<GetImport> {
  constructor(private readonly journal: ImportJournal) {}

  execute({ project, importId }: GetImport): Promise<ImportView> {
    return this.journal.get(project, importId);
  }
}
