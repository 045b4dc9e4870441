import { buffer } from 'node:stream/consumers';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { ReadImage } from '#contracts';
import { isImageOf } from '../image-key.ts';
import { ObjectStore } from '../object-store.ts';

@QueryHandler(ReadImage)
export class ReadImageHandler implements IQueryHandler<ReadImage> {
  constructor(private readonly store: ObjectStore) {}

  async execute({ organizationId, id, signal }: ReadImage): Promise<Uint8Array | null> {
    // Asked again here, where the bytes are read: whatever let another's id come so far, it ends now.
    if (!isImageOf(organizationId, id)) return null;
    if ((await this.store.size(id, signal)) === null) return null;
    return new Uint8Array(await buffer(await this.store.get(id, signal)));
  }
}
