import { createHash } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as otherWork } from 'node:timers/promises';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError, StoreArtifact, type StoredArtifact } from '#contracts';
import { Database } from '#platform';
import { artifactKey, contentTypes } from '../artifact-key.ts';
import { ObjectStore } from '../object-store.ts';

@CommandHandler(StoreArtifact)
export class StoreArtifactHandler implements ICommandHandler<StoreArtifact> {
  constructor(
    private readonly store: ObjectStore,
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

    const hash = createHash('sha256');
    let sizeBytes = 0;
    const counted = new PassThrough();
    const counting = pipeline(
      bytes,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          hash.update(chunk);
          sizeBytes += chunk.length;
          yield chunk;
          // Hashing and copying megabytes in one go would keep every request waiting.
          await otherWork();
        }
      },
      counted,
      { ...(signal && { signal }) },
    );
    // Both are awaited: a renderer that fails must not leave half a report that looks stored.
    await Promise.all([this.store.put(objectKey, counted, contentTypes[artifact.format]), counting]);
    const arrived = await this.store.size(objectKey);
    if (arrived !== sizeBytes) {
      throw new AppError('storage', {}, { cause: new Error(`stored ${arrived ?? 'no'} of ${sizeBytes} bytes`) });
    }
    const sha256 = hash.digest('hex');
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
