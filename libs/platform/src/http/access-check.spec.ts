import { Controller, Get, Post } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Access, Public } from './access.ts';
import { AccessCheck, accessFaults } from './access-check.ts';
import type { DeclaredRoute } from './declared-routes.ts';

@Controller('api/v1/org/:org/ws/:workspace/canaries')
class Canary {
  @Get()
  @Access('read')
  list(): string {
    return 'canaries';
  }

  @Post(':canary')
  forgotten(): string {
    return 'a canary';
  }
}

@Controller('health')
class Declared {
  @Get()
  @Public()
  health(): string {
    return 'well';
  }
}

const boot = async (controller: typeof Canary | typeof Declared): Promise<void> => {
  const app = (await Test.createTestingModule({ controllers: [controller], providers: [AccessCheck] }).compile())
    // No listener: the check runs when the application is initialised.
    .createNestApplication({ logger: false });
  await app.init();
  await app.close();
};

describe('access is declared', () => {
  it('or the boot fails, and names the route and where it stands', async () => {
    await expect(boot(Canary)).rejects.toThrow(
      /do not declare their access well:\n {2}POST \/api\/v1\/org\/:org\/ws\/:workspace\/canaries\/:canary \(Canary\.forgotten\) declares no access: add @Access/,
    );
  });

  it('and then the application boots', async () => {
    await expect(boot(Declared)).resolves.toBeUndefined();
  });

  class C {}
  const route = (path: string, needs: DeclaredRoute['needs']): string[] =>
    accessFaults({ method: 'GET', path, controller: C, name: 'm', needs });

  it('for a place that the path names', () => {
    expect(route('/org/:org/x', { scope: 'read', of: 'workspace' })).toEqual([
      'GET /org/:org/x (C.m) asks for a scope of a workspace, but its path has no :workspace.',
    ]);
    expect(route('/x', { scope: 'admin', of: 'organization' })).toEqual([
      'GET /x (C.m) asks for a scope of an organization, but its path has no :org.',
    ]);
    expect(route('/org/:org/project/:project', { scope: 'read', of: 'organization' })).toEqual([
      'GET /org/:org/project/:project (C.m) names a project, but its path has no :workspace.',
    ]);
    expect(route('/org/:org/ws/:workspace', { scope: 'read', of: 'workspace' })).toEqual([]);
  });

  it.each(['public', { scope: 'read', of: 'caller' }, { scope: 'admin', of: 'installation' }] as const)(
    'and not beside it: %j',
    (needs) => {
      expect(route('/org/:org', needs)).toEqual([
        'GET /org/:org (C.m) names an organization, but does not ask for a scope of it.',
      ]);
      expect(route('/me', needs)).toEqual([]);
    },
  );
});
