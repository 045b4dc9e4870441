import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError, StoreArtifact, type StoredArtifact } from '#contracts';
import { changedCount, Database } from '#platform';
import { artifactKey, contentTypes } from '../artifact-key.ts';
import { ObjectStore } from '../object-store.ts';
import { Uploader } from './uploader.ts';

@CommandHandler(StoreArtifact)
export class StoreArtifactHandler implements ICommandHandler<StoreArtifact> {
  constructor(
    private readonly uploader: Uploader,
    private readonly objects: ObjectStore,
    private readonly database: Database,
  ) {}

  async execute(command: StoreArtifact): Promise<StoredArtifact> {
    try {
      return await this.store(command);
    } finally {
      // Unread bytes would hold the thread that rendered them for good.
      command.bytes.destroy();
    }
  }

  private async store({ artifact, bytes, signal }: StoreArtifact): Promise<StoredArtifact> {
    const objectKey = artifactKey(artifact);
    // The row comes before the bytes: what a crash leaves in the store can be found and removed.
    await this.database.transaction(artifact.organizationId, async (tx) => {
      const [discard] = await tx.query<unknown[]>(
        'select 1 from storage.discard where build_id = $1 and keep is distinct from $2',
        [artifact.buildId, objectKey],
      );
      if (discard) throw new Error(`nothing of build ${artifact.buildId} is wanted any more`);
      await tx.query(
        `insert into storage.artifact (object_key, organization_id, build_id, attempt) values ($1, $2, $3, $4)
         on conflict (object_key) do nothing`,
        [objectKey, artifact.organizationId, artifact.buildId, artifact.attempt],
      );
    });
    const { sizeBytes, sha256, arrived } = await this.uploader.upload(
      objectKey,
      contentTypes[artifact.format],
      bytes,
      signal,
    );
    if (arrived !== sizeBytes) {
      throw new AppError('storage', {}, { cause: new Error(`stored ${arrived ?? 'no'} of ${sizeBytes} bytes`) });
    }
    const noted = await this.database.transaction(artifact.organizationId, (tx) =>
      changedCount(
        tx,
        'update storage.artifact set stored_at = now(), size_bytes = $2, sha256 = $3 where object_key = $1',
        [objectKey, sizeBytes, sha256],
      ),
    );
    if (noted === 0) {
      // Its row went while the bytes were on their way: the build was cancelled or deleted, or another attempt won.
      await this.objects.remove(objectKey);
      throw new Error(`nothing of build ${artifact.buildId} is wanted any more`);
    }
    return { objectKey, sizeBytes, sha256 };
  }
}
