import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type CallerPlace, ListPlacesOfCaller } from '#contracts';
import { Database } from '#platform';

interface PlaceOfCaller extends CallerPlace {
  readonly expires_at: Date | null;
}

@QueryHandler(ListPlacesOfCaller)
export class ListPlacesOfCallerHandler implements IQueryHandler<ListPlacesOfCaller> {
  constructor(private readonly database: Database) {}

  async execute({
    callerId,
  }: ListPlacesOfCaller): Promise<{ organizations: readonly CallerPlace[]; expiresAt: string | null }> {
    const places = await this.database.anonymous<PlaceOfCaller>('select * from projects.places_of($1)', [callerId]);
    return {
      organizations: places.map(({ id, slug, name, role, workspaces }) => ({ id, slug, name, role, workspaces })),
      expiresAt: places[0]?.expires_at?.toISOString() ?? null,
    };
  }
}
