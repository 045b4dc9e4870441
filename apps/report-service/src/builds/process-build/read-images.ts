import { Logger } from '@nestjs/common';
import type { QueryBus } from '@nestjs/cqrs';
import { type ProjectRef, ReadImage } from '#contracts';

const logger = new Logger('readImages');

/** Bytes of the images that a report shows. One that vanished since is left out and noted: the report is worth more. */
export async function readImages(
  queries: QueryBus,
  { organizationId, projectId }: ProjectRef,
  ids: readonly string[],
): Promise<Readonly<Record<string, Uint8Array>>> {
  const images: Record<string, Uint8Array> = {};
  for (const id of ids) {
    const bytes = await queries.execute(new ReadImage(organizationId, id));
    if (bytes) images[id] = bytes;
    else logger.warn({ projectId, image: id }, 'an image of the report is gone');
  }
  return images;
}
