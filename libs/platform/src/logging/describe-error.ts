/** An error as the log may hold it. */
interface DescribedError {
  readonly name: string;
  readonly code?: unknown;
  readonly message?: string;
  readonly stack?: string;
}

/**
 * Name, code, message and stack, and nothing else that hangs on an error: a driver's error carries the statement's
 * parameters, which are findings. PostgreSQL quotes the offending value in its messages about data and constraints
 * (SQLSTATE classes 22 and 23), so those go without their message.
 */
export function describeError(error: unknown): DescribedError {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error ? error.code : undefined;
  const quotesData = typeof code === 'string' && /^2[23][0-9A-Z]{3}$/.test(code);
  const stack = error.stack
    ?.split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 12)
    .join('\n');
  return {
    name: error.name,
    ...(code !== undefined && { code }),
    ...(!quotesData && { message: error.message.slice(0, 300) }),
    ...(stack !== undefined && { stack }),
  };
}
