import type { DeclaredRoute } from './declared-routes.ts';

/** Methods that the path takes, for `Allow`; empty when no route has the path at all. */
export function allowedMethods(routes: readonly DeclaredRoute[], path: string): string[] {
  const methods = routes.filter((route) => matches(route.path, path)).map(({ method }) => method);
  return [...new Set(methods)].sort();
}

/** As Express matches: in any case, with or without a slash at the end. */
const matches = (declared: string, path: string): boolean =>
  new RegExp(`^${declared.replace(/:\w+/g, '[^/]+')}/?$`, 'i').test(path);
