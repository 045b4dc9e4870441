import type { QueryBus } from '@nestjs/cqrs';
import { AppError, FindImages, type ProjectRef, type TemplateContent } from '#contracts';
import { placedImages } from '#domain';

export interface PlacedImage {
  readonly fp: string;
  /** Where its id stands in the request. */
  readonly loc: readonly (string | number)[];
}

/** Throws `invalid` with the place of every image that the organization does not have. */
export async function refuseUnknownImages(
  queries: QueryBus,
  { organizationId }: ProjectRef,
  images: readonly PlacedImage[],
): Promise<void> {
  if (images.length === 0) return;
  const known = await queries.execute(new FindImages(organizationId, [...new Set(images.map(({ fp }) => fp))]));
  const unknown = images.filter(({ fp }) => !known.has(fp));
  if (unknown.length === 0) return;
  const errors = unknown.slice(0, 50).map(({ loc }) => ({ loc, msg: 'no such image was uploaded', type: 'not_found' }));
  throw new AppError('invalid', { errors });
}

/** Images of a preset or of components, as they stand in the body that made them. */
export function imagesOf(content: TemplateContent): readonly PlacedImage[] {
  if ('config' in content) {
    return placedImages(content.config).map(({ fp, loc }) => ({ fp, loc: ['body', 'config', ...loc] }));
  }
  const { logo_oid } = content.preset.branding;
  return logo_oid === null ? [] : [{ fp: logo_oid, loc: ['body', 'preset', 'branding', 'logo_oid'] }];
}
