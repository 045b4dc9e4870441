import 'reflect-metadata';
import { type DeclaredRoute, describeRoute } from '../http/declared-routes.ts';
import { auditedMetadata } from './audited.ts';

/** Routes that may change something and do not say whether that goes to the audit log. */
export const auditFaults = (routes: readonly DeclaredRoute[]): readonly string[] =>
  routes
    .filter(({ method, controller, name }) => method !== 'GET' && !saysAudit(controller, name))
    .map((route) => `${describeRoute(route)}: give it @Audited('<action>') or @NotAudited('<reason>').`);

const saysAudit = (controller: DeclaredRoute['controller'], name: string): boolean =>
  Reflect.hasMetadata(auditedMetadata, (controller.prototype as Record<string, object>)[name] ?? {});
