import { fileURLToPath } from 'node:url';

/** The root of the repository, wherever the script was started from. */
export const repository = fileURLToPath(new URL('../../', import.meta.url));

/** The program file of an installed package. */
export const installed = (path) => `${repository}node_modules/${path}`;
