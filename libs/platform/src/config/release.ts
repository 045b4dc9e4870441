import { createRequire } from 'node:module';

/** Version of the service, as its package says it. Printed on a report's integrity page. */
export const { version: release } = createRequire(import.meta.url)('#package') as { readonly version: string };
