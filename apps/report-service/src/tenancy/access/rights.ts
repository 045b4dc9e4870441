import { type Scope, scopes, type Standing, type WorkspaceRole } from '#contracts';
import type { AccessPlace } from '#platform';

const scopesOfRole: Readonly<Record<WorkspaceRole, readonly Scope[]>> = {
  viewer: ['read'],
  editor: ['read', 'write', 'build'],
  owner: scopes,
};

/** Scopes that the caller holds of a place. What the caller may not even see is settled before. */
export function rightsAt(place: AccessPlace, standing: Standing): readonly Scope[] {
  return standing.kind === 'key' ? rightsOfKey(place, standing) : rightsOfUser(place, standing);
}

function rightsOfKey(place: AccessPlace, key: Extract<Standing, { kind: 'key' }>): readonly Scope[] {
  if (place === 'installation') return key.operator ? scopes : [];
  const held = key.scopes.includes('admin') ? scopes : key.scopes;
  // A key of one workspace sees which organization it is in, and does nothing to it.
  if (place === 'organization' && key.boundTo !== null) return held.filter((scope) => scope === 'read');
  return held;
}

function rightsOfUser(place: AccessPlace, user: Extract<Standing, { kind: 'user' }>): readonly Scope[] {
  if (place === 'installation') return [];
  if (user.organizationRole === 'owner') return scopes;
  if (place === 'organization') return user.organizationRole === 'member' ? ['read'] : [];
  return user.workspaceRole ? scopesOfRole[user.workspaceRole] : [];
}
