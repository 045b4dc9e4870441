/** A route as found in the container. */
export interface FoundRoute {
  /** `BuildReportController.build`. */
  readonly name: string;
  /** `GET`, `POST` … */
  readonly method: string;
  readonly declared: boolean;
}

/** Routes that may change something and do not say whether that goes to the audit log. */
export function auditFaults(routes: readonly FoundRoute[]): readonly string[] {
  return routes
    .filter(({ method, declared }) => method !== 'GET' && !declared)
    .map(({ name, method }) => `${name} takes ${method}; give it @Audited('<action>') or @NotAudited('<reason>').`);
}
