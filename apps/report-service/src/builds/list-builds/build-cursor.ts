import { AppError, type BuildListRequest } from '#contracts';

type Position = NonNullable<BuildListRequest['after']>;

const form = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z)\|([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** A position in the list as text that callers hand back unread. */
export function toCursor({ createdAt, id }: Position): string {
  return Buffer.from(`${createdAt}|${id}`).toString('base64url');
}

/** Throws `invalid` for what no answer of ours contained. */
export function fromCursor(cursor: string): Position {
  const [, createdAt, id] = form.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (createdAt !== undefined && id !== undefined && !Number.isNaN(Date.parse(createdAt))) return { createdAt, id };
  throw new AppError('invalid', {
    errors: [{ loc: ['query', 'cursor'], msg: 'must be a next_cursor of an earlier answer', type: 'cursor' }],
  });
}
