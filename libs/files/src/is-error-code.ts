/** Whether a thrown value is the system's error of one of the codes, such as ENOENT. */
export function isErrorCode(error: unknown, ...codes: readonly string[]): boolean {
  // By shape: under Jest the system's errors are of another realm, and instanceof says no.
  return typeof error === 'object' && error !== null && 'code' in error && codes.includes(String(error.code));
}
