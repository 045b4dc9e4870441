import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ConfirmArtifact } from '#contracts';
import { changedCount, Database } from '#platform';
import { ObjectStore } from '../object-store.ts';

@CommandHandler(ConfirmArtifact)
export class ConfirmArtifactHandler implements ICommandHandler<ConfirmArtifact> {
  constructor(
    private readonly objects: ObjectStore,
    private readonly database: Database,
  ) {}

  async execute({ artifact, stored: { objectKey, sizeBytes, sha256 } }: ConfirmArtifact): Promise<void> {
    const noted = await this.database.transaction(artifact.organizationId, (tx) =>
      changedCount(
        tx,
        'update storage.artifact set stored_at = now(), size_bytes = $2, sha256 = $3 where object_key = $1',
        [objectKey, sizeBytes, sha256],
      ),
    );
    if (noted > 0) return;
    // Its row went while the bytes were on their way: the build was cancelled or deleted, or another attempt won.
    await this.objects.remove(objectKey);
    throw new Error(`nothing of build ${artifact.buildId} is wanted any more`);
  }
}
