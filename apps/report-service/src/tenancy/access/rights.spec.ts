import { scopes } from '#contracts';
import { rightsAt } from './rights.ts';

const key = (...held: (typeof scopes)[number][]) => ({
  kind: 'key' as const,
  scopes: held,
  boundTo: null,
  operator: false,
});
const user = (organizationRole: 'owner' | 'member' | null, workspaceRole: 'owner' | 'editor' | 'viewer' | null) => ({
  kind: 'user' as const,
  organizationRole,
  workspaceRole,
});

describe('rights', () => {
  it.each([
    ['viewer', ['read']],
    ['editor', ['read', 'write', 'build']],
    ['owner', ['read', 'write', 'build', 'admin']],
  ] as const)('of a %s of a workspace', (role, expected) => {
    expect(rightsAt('workspace', user('member', role))).toEqual(expected);
  });

  it('of the owner of an organization hold in every workspace of it', () => {
    expect(rightsAt('workspace', user('owner', null))).toEqual(scopes);
    expect(rightsAt('workspace', user('owner', 'viewer'))).toEqual(scopes);
    expect(rightsAt('organization', user('owner', null))).toEqual(scopes);
  });

  it('of a workspace never reach its organization', () => {
    expect(rightsAt('organization', user('member', 'owner'))).toEqual(['read']);
    expect(rightsAt('organization', user(null, null))).toEqual([]);
    expect(rightsAt('organization', { ...key('admin'), boundTo: 'w' })).toEqual(['read']);
    expect(rightsAt('organization', { ...key('build'), boundTo: 'w' })).toEqual([]);
    expect(rightsAt('workspace', { ...key('admin'), boundTo: 'w' })).toEqual(scopes);
  });

  it('of a key are its scopes, and admin holds them all', () => {
    expect(rightsAt('workspace', key('build', 'read'))).toEqual(['build', 'read']);
    expect(rightsAt('organization', key('write'))).toEqual(['write']);
    expect(rightsAt('workspace', key('admin'))).toEqual(scopes);
  });

  it('of the installation are an operator’s alone', () => {
    expect(rightsAt('installation', { ...key('admin'), operator: true })).toEqual(scopes);
    expect(rightsAt('installation', key('admin'))).toEqual([]);
    expect(rightsAt('installation', user('owner', 'owner'))).toEqual([]);
  });
});
