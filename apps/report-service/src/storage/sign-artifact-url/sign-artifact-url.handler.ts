import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { SignArtifactUrl } from '#contracts';
import { Clock, CONFIG, type Config } from '#platform';
import { ObjectStore } from '../object-store.ts';

@QueryHandler(SignArtifactUrl)
export class SignArtifactUrlHandler implements IQueryHandler<SignArtifactUrl> {
  constructor(
    private readonly store: ObjectStore,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async execute({ objectKey, downloadName }: SignArtifactUrl): Promise<{ url: string; expiresAt: Date }> {
    const seconds = this.config.storage.urlTtlSeconds;
    const expiresAt = new Date(this.clock.now().getTime() + seconds * 1_000);
    return { url: await this.store.sign(objectKey, seconds, downloadName), expiresAt };
  }
}
