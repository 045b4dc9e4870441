const unpublished = 'from events.outbox where published_at is null and type = any($1::text[])';

/** Organizations with events of these types to publish, the one that has waited longest first. */
export const waitingOrganizations = `select organization_id ${unpublished} group by organization_id order by min(created_at)`;

/** The oldest of them of one organization. */
export const oldestUnpublished = `select id, type, aggregate_id, payload, created_at as time ${unpublished}
  and organization_id = $2 order by created_at, id limit $3`;
