import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { SignArtifactUrl } from '#contracts';
import { CONFIG, type Config, Database } from '#platform';
import { ObjectStore } from '../object-store.ts';

@QueryHandler(SignArtifactUrl)
export class SignArtifactUrlHandler implements IQueryHandler<SignArtifactUrl> {
  constructor(
    private readonly store: ObjectStore,
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async execute({ objectKey, downloadName }: SignArtifactUrl): Promise<{ url: string; expiresAt: Date }> {
    const seconds = this.config.storage.urlTtlSeconds;
    // Dated by Postgres: a link of a process whose clock is wrong would be over, or not yet good.
    const now = await this.database.now();
    const url = await this.store.sign(objectKey, seconds, downloadName, now);
    return { url, expiresAt: new Date(now.getTime() + seconds * 1_000) };
  }
}
