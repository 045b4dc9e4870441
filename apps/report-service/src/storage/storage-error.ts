import { AppError } from '#contracts';

/** What the store or the way to it did, as an error of the catalogue. */
export function storageError(cause: unknown): AppError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return new AppError(/ETIMEDOUT|ESOCKETTIMEDOUT/.test(code) ? 'storage_timeout' : 'storage', {}, { cause });
}
