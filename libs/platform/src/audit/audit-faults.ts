import type { DeclaredRoute } from '../http/declared-routes.ts';

/** Routes that may change something and do not say whether that goes to the audit log. */
export function auditFaults(
  routes: readonly Pick<DeclaredRoute, 'method' | 'path' | 'handler' | 'audit'>[],
): readonly string[] {
  return routes
    .filter(({ method, audit }) => method !== 'GET' && audit === null)
    .map(
      ({ method, path, handler }) =>
        `${method} ${path} (${handler}): give it @Audited('<action>') or @NotAudited('<reason>').`,
    );
}
