import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DeleteImages } from '#contracts';
import { Database } from '#platform';
import { ObjectStore } from '../object-store.ts';

@CommandHandler(DeleteImages)
export class DeleteImagesHandler implements ICommandHandler<DeleteImages> {
  constructor(
    private readonly store: ObjectStore,
    private readonly database: Database,
  ) {}

  async execute({ project: { projectId } }: DeleteImages): Promise<void> {
    const images = await this.database.background((tx) =>
      tx.query<{ object_key: string }[]>('select object_key from storage.image where project_id = $1', [projectId]),
    );
    for (const { object_key } of images) {
      // Object first: a crash in between leaves a row whose object is gone, which the next call forgets.
      await this.store.remove(object_key);
      await this.database.background((tx) => tx.query('delete from storage.image where object_key = $1', [object_key]));
    }
  }
}
