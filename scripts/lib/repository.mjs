import { fileURLToPath, pathToFileURL } from 'node:url';

/** The root of the repository, wherever the script was started from. */
export const repository = fileURLToPath(new URL('../../', import.meta.url));

/** The program file of an installed package. */
export const installed = (path) => `${repository}node_modules/${path}`;

/** A module as it was compiled; Windows needs the URL. */
export const importBuilt = (path) => import(pathToFileURL(`${repository}dist/${path}`).href);
