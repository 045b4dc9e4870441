import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DeleteArtifacts } from '#contracts';
import { Database } from '#platform';
import { ObjectStore } from '../object-store.ts';

@CommandHandler(DeleteArtifacts)
export class DeleteArtifactsHandler implements ICommandHandler<DeleteArtifacts> {
  constructor(
    private readonly store: ObjectStore,
    private readonly database: Database,
  ) {}

  async execute({ buildId, keep }: DeleteArtifacts): Promise<void> {
    const artifacts = await this.database.background((tx) =>
      tx.query<{ object_key: string }[]>(
        'select object_key from storage.artifact where build_id = $1 and object_key is distinct from $2',
        [buildId, keep],
      ),
    );
    for (const { object_key } of artifacts) {
      // Object first: a crash in between leaves a row whose object is gone, which the next call forgets.
      await this.store.remove(object_key);
      await this.database.background((tx) =>
        tx.query('delete from storage.artifact where object_key = $1', [object_key]),
      );
    }
  }
}
