import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError, StoreArtifact, type StoredArtifact } from '#contracts';
import { Database } from '#platform';
import { artifactKey, contentTypes } from '../artifact-key.ts';
import { Uploader } from './uploader.ts';

@CommandHandler(StoreArtifact)
export class StoreArtifactHandler implements ICommandHandler<StoreArtifact> {
  constructor(
    private readonly uploader: Uploader,
    private readonly database: Database,
  ) {}

  async execute({ artifact, bytes, signal }: StoreArtifact): Promise<StoredArtifact> {
    const objectKey = artifactKey(artifact);
    // The row comes before the bytes: what a crash leaves in the store can be found and removed.
    await this.database.transaction(artifact.organizationId, (tx) =>
      tx.query(
        `insert into storage.artifact (object_key, organization_id, build_id, attempt) values ($1, $2, $3, $4)
         on conflict (object_key) do nothing`,
        [objectKey, artifact.organizationId, artifact.buildId, artifact.attempt],
      ),
    );
    const { sizeBytes, sha256, arrived } = await this.uploader.upload(
      objectKey,
      contentTypes[artifact.format],
      bytes,
      signal,
    );
    if (arrived !== sizeBytes) {
      throw new AppError('storage', {}, { cause: new Error(`stored ${arrived ?? 'no'} of ${sizeBytes} bytes`) });
    }
    await this.database.transaction(artifact.organizationId, (tx) =>
      tx.query('update storage.artifact set stored_at = now(), size_bytes = $2, sha256 = $3 where object_key = $1', [
        objectKey,
        sizeBytes,
        sha256,
      ]),
    );
    return { objectKey, sizeBytes, sha256 };
  }
}
