import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError, StoreArtifact, type StoredArtifact } from '#contracts';
import { artifactKey, contentTypes } from '../artifact-key.ts';
import { Uploader } from './uploader.ts';

@CommandHandler(StoreArtifact)
export class StoreArtifactHandler implements ICommandHandler<StoreArtifact> {
  constructor(private readonly uploader: Uploader) {}

  async execute({ artifact, bytes, signal }: StoreArtifact): Promise<StoredArtifact> {
    const objectKey = artifactKey(artifact);
    try {
      const contentType = contentTypes[artifact.format];
      const { sizeBytes, sha256, arrived } = await this.uploader.upload(objectKey, contentType, bytes, signal);
      if (arrived !== sizeBytes) {
        throw new AppError('storage', {}, { cause: new Error(`stored ${arrived ?? 'no'} of ${sizeBytes} bytes`) });
      }
      return { objectKey, sizeBytes, sha256 };
    } finally {
      // Unread bytes would hold the thread that rendered them for good.
      bytes.destroy();
    }
  }
}
