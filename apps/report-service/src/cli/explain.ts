import { AppError } from '#contracts';

/** What the database's drivers say, in words of who typed the command; nothing of the connection string. */
const databaseFaults: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'The database does not answer: is DATABASE_URL right, and does the server run?',
  ENOTFOUND: 'The database does not answer: the host in DATABASE_URL is not known.',
  EAI_AGAIN: 'The database does not answer: the host in DATABASE_URL is not known.',
  ETIMEDOUT: 'The database does not answer: is DATABASE_URL right, and does the server run?',
  ECONNRESET: 'The database closed the connection; try again.',
  '28P01': 'The database refused the name or password in DATABASE_URL, DATABASE_APP_URL or DATABASE_RELAY_URL.',
  '28000': 'The database refused the name or password in DATABASE_URL, DATABASE_APP_URL or DATABASE_RELAY_URL.',
  '3D000': 'The database that DATABASE_URL names does not exist.',
  '3F000': 'The database has no tables yet: start the service once with APP_ROLE=migrate.',
  '42P01': 'The database has no tables yet: start the service once with APP_ROLE=migrate.',
  '42703': 'The tables are older than this program: start the service once with APP_ROLE=migrate.',
  '42501': 'The login in DATABASE_URL may not do this: it must be the owner of the tables.',
};

/** One sentence, and below it a line for each faulty field. */
export function explain(error: unknown): string {
  if (error instanceof AppError) {
    const faults = error.context.errors ?? [];
    return [error.message, ...faults.map(({ loc, msg }) => `  ${loc.slice(1).join('.')}: ${msg}`)].join('\n');
  }
  const known = codesOf(error).find((code) => Object.hasOwn(databaseFaults, code));
  if (known !== undefined) return databaseFaults[known] ?? '';
  return error instanceof Error && error.message !== '' ? error.message : 'Something went wrong that has no name.';
}

/** Codes of the error and of those that it wraps: a host of two addresses fails twice, in one AggregateError. */
function codesOf(error: unknown, depth = 0): readonly string[] {
  if (!(error instanceof Error) || depth > 4) return [];
  const { code, driverError, cause } = error as { code?: unknown; driverError?: unknown; cause?: unknown };
  const inner = [driverError, cause, ...(error instanceof AggregateError ? (error.errors as unknown[]) : [])];
  return [...(typeof code === 'string' ? [code] : []), ...inner.flatMap((each) => codesOf(each, depth + 1))];
}
