/** Deliveries as the API shows them, of `events.delivery d`. */
export const deliverySelect = `select d.id, d.event_id, p.type as event_type,
    case when d.next_attempt_at is not null then 'pending' when d.delivered_at is not null then 'delivered' else 'failed' end as status,
    d.attempts, d.next_attempt_at, d.delivered_at, d.last_status, d.last_error, d.created_at
  from events.delivery d join events.published p on p.id = d.event_id`;
