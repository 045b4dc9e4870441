import type { PlaceView } from '#contracts';

/** A row of an organization or a workspace. */
export interface PlaceRow {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly created_at: Date;
}

export const placeColumns = 'id, slug, name, created_at';

export const placeView = ({ id, slug, name, created_at }: PlaceRow): PlaceView => ({
  id,
  slug,
  name,
  created_at: created_at.toISOString(),
});
