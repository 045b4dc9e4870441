/**
 * Whether an error means that the database is away, overloaded or cut us off: connection refused or lost, server
 * shutting down, pool exhausted, statement timed out, lock not to be had. Anything else is a fault of ours.
 */
export function isDatabaseTrouble(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  // Node tries each address of a host, and reports one error for all of them.
  if (thrown instanceof AggregateError) return thrown.errors.some(isDatabaseTrouble);
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  return troubleCode.test(code) || typeormNames.has(thrown.name) || troubleMessage.test(thrown.message);
}

/** What a new row belongs to was deleted while the request was served: its foreign key finds nothing. */
export function isMissingParent(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === '23503';
}

const troubleCode = /^(08|53|57P|57014|55P03|ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT)/;

/** TypeORM takes a connection that breaks between two statements away from its user, who hears of it only by these. */
const typeormNames = new Set([
  'QueryRunnerAlreadyReleasedError',
  'QueryRunnerProviderAlreadyReleasedError',
  'TransactionNotStartedError',
  'ConnectionIsNotSetError',
  'CannotExecuteNotConnectedError',
]);

const troubleMessage =
  /timeout exceeded when trying to connect|query read timeout|connection terminated|not connected|client was closed|client has encountered a connection error|cannot use a pool after calling end/i;
