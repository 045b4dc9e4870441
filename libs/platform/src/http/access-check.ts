import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { type DeclaredRoute, declaredRoutes, describeRoute } from './declared-routes.ts';

/** Refuses to boot with a route that does not say who may use it, or that asks for a scope of what its path leaves out. */
@Injectable()
export class AccessCheck implements OnApplicationBootstrap {
  constructor(private readonly modules: ModulesContainer) {}

  onApplicationBootstrap(): void {
    const faults = declaredRoutes(this.modules).flatMap(accessFaults);
    if (faults.length > 0) throw new Error(`Routes do not declare their access well:\n  ${faults.join('\n  ')}`);
  }
}

/** What is wrong with the declaration of a route; empty when nothing is. */
export function accessFaults(declared: DeclaredRoute): string[] {
  const { path, needs } = declared;
  const route = describeRoute(declared);
  if (needs === null) {
    return [`${route} declares no access: add @Access('read' | 'write' | 'build' | 'admin') or @Public().`];
  }
  const named = new Set(path.split('/').filter((part) => part.startsWith(':')));
  const missing = (parameter: string, why: string): string[] =>
    named.has(parameter) ? [] : [`${route} ${why}, but its path has no ${parameter}.`];
  const nesting = [
    ...(named.has(':project') ? missing(':workspace', 'names a project') : []),
    ...(named.has(':workspace') ? missing(':org', 'names a workspace') : []),
  ];
  const place = needs === 'public' ? 'public' : needs.of;
  if (place === 'workspace') return [...missing(':workspace', 'asks for a scope of a workspace'), ...nesting];
  if (place === 'organization') return [...missing(':org', 'asks for a scope of an organization'), ...nesting];
  // Nobody would look whether the caller may see what such a path names.
  return named.has(':org') ? [`${route} names an organization, but does not ask for a scope of it.`] : nesting;
}
