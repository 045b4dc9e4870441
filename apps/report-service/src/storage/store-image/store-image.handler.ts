import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError, StoreImage } from '#contracts';
import { Database } from '#platform';
import { imageKey } from '../image-key.ts';
import { ObjectStore } from '../object-store.ts';
import { PngCleaner } from './png-cleaner.ts';
import { looksLikePng } from './png-chunks.ts';

@CommandHandler(StoreImage)
export class StoreImageHandler implements ICommandHandler<StoreImage> {
  constructor(
    private readonly cleaner: PngCleaner,
    private readonly store: ObjectStore,
    private readonly database: Database,
  ) {}

  async execute({ project, templateId, png }: StoreImage): Promise<string> {
    if (!looksLikePng(png)) throw new AppError('unsupported_media_type', { detail: 'The file is no PNG.' });
    const clean = await this.cleaner.clean(png, project.organizationId);
    if (!clean.ok) {
      throw new AppError('invalid', { errors: [{ loc: ['body', 'file'], msg: clean.reason, type: 'png' }] });
    }
    const key = imageKey(project, templateId, createHash('sha256').update(clean.png).digest('hex'));
    await this.database.transaction(project.organizationId, (tx) =>
      tx.query(
        `insert into storage.image (object_key, organization_id, project_id) values ($1, $2, $3)
         on conflict (object_key) do nothing`,
        [key, project.organizationId, project.projectId],
      ),
    );
    // Same key, same bytes: a repeated upload overwrites with itself, and brings back what the store lost.
    const { sizeBytes } = await this.store.put(key, Readable.from([Buffer.from(clean.png)]), 'image/png');
    await this.database.transaction(project.organizationId, (tx) =>
      tx.query(
        'update storage.image set stored_at = coalesce(stored_at, now()), size_bytes = $2 where object_key = $1',
        [key, sizeBytes],
      ),
    );
    return key;
  }
}
