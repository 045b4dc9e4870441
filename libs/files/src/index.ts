export { isErrorCode, readSecretFile, writeSecretFile } from './secret-file.ts';
