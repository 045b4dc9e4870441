import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DeleteImages } from '#contracts';
import { Database } from '#platform';
import { SweepImages } from './sweep-images.ts';

@CommandHandler(DeleteImages)
export class DeleteImagesHandler implements ICommandHandler<DeleteImages> {
  constructor(
    private readonly database: Database,
    private readonly sweeper: SweepImages,
  ) {}

  async execute({ project: { projectId } }: DeleteImages): Promise<void> {
    await this.database.across(
      'update storage.image set discard_at = now() where project_id = $1 and discard_at is null',
      [projectId],
    );
    this.sweeper.runSoon();
  }
}
