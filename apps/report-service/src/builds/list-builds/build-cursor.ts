import { type BuildListRequest, cursorRefused, readCursor, writeCursor } from '#contracts';
import { uuidForm } from '#domain';

type Position = NonNullable<BuildListRequest['after']>;

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

export const toCursor = ({ createdAt, id }: Position): string => writeCursor([createdAt, id]);

/** Throws `invalid` for what no answer of ours contained. */
export function fromCursor(cursor: string): Position {
  const [createdAt = '', id = ''] = readCursor(cursor);
  if (instant.test(createdAt) && uuidForm.test(id) && !Number.isNaN(Date.parse(createdAt))) return { createdAt, id };
  throw cursorRefused('must be a next_cursor of an earlier answer');
}
