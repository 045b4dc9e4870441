import { AppError } from '#contracts';

/** A place in the feed: after the event at this position. */
export interface FeedCursor {
  readonly position: number;
  /**
   * Of the id of the event there, by which a feed that was restored from a backup is told from the one that was read.
   * Null at the start, for an event that was removed, and in cursors of earlier releases.
   */
  readonly mark: string | null;
}

/** What the feed has at and around a cursor. */
export interface FeedPlace {
  /** Position of the newest event that was ever published. */
  readonly last: number;
  /** Id of the event at the cursor's position, while it is kept. */
  readonly eventId: string | null;
  /** Position of the first event after it that is kept. */
  readonly next: number | null;
}

export const feedCursorForm = /^\d{1,15}(\.[0-9a-f]{12})?$/;
const markOf = (eventId: string): string => eventId.slice(-12);

export const writeFeedCursor = (position: number, eventId: string | null): string =>
  eventId === null ? String(position) : `${position}.${markOf(eventId)}`;

/** Of a text of the form above. */
export function readFeedCursor(text: string): FeedCursor {
  const [position, mark = null] = text.split('.');
  return { position: Number(position), mark };
}

/** Refuses a cursor after which the feed would pass over events in silence. */
export function refuseLostCursor({ position, mark }: FeedCursor, { last, eventId, next }: FeedPlace): void {
  if (position === 0) return;
  if (position > last || (mark !== null && eventId !== null && mark !== markOf(eventId))) {
    throw lost(
      'The feed is not the one that the cursor is of: it was restored from a backup, or the cursor is invented.',
    );
  }
  if (next === null ? position < last : next > position + 1) {
    throw lost('Events after the cursor were removed: they are kept for 30 days.');
  }
}

const lost = (detail: string): AppError =>
  new AppError('feed_cursor_lost', {
    detail,
    errors: [{ loc: ['query', 'cursor'], msg: 'begin again without a cursor', type: 'cursor' }],
  });
