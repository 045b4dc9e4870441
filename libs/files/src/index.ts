export { isErrorCode } from './is-error-code.ts';
export { readSecretFile, writeSecretFile } from './secret-file.ts';
