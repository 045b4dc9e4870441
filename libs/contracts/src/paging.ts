import { AppError } from './errors.ts';

/** One page of a list, with the number of entries on all pages. */
export interface Page<Entry> {
  readonly entries: readonly Entry[];
  readonly total: number;
}

export interface PageRequest {
  /** From 1. */
  readonly page: number;
  /** Entries a page. */
  readonly limit: number;
}

/** A position in a list as text that callers hand back unread. */
export const writeCursor = (position: readonly string[]): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/** The parts of a position as somebody handed them back, to be checked; none for what is no cursor at all. */
export function readCursor(cursor: string): readonly string[] {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(position) && position.every((part) => typeof part === 'string') ? position : [];
  } catch {
    return [];
  }
}

export const cursorRefused = (msg: string): AppError =>
  new AppError('invalid', { errors: [{ loc: ['query', 'cursor'], msg, type: 'cursor' }] });
