import type { CloudEvent } from '#contracts';

/** A row of `events.published`. */
export interface PublishedRow {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly source: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly time: Date;
}

/** The event as the feed lists it and as webhooks receive it. */
export const cloudEvent = (row: PublishedRow): CloudEvent => ({
  specversion: '1.0',
  id: row.id,
  source: row.source,
  type: row.type,
  subject: row.subject,
  time: row.time.toISOString(),
  datacontenttype: 'application/json',
  data: row.data,
});
