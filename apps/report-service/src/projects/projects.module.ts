import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CONFIG, type Config } from '#platform';
import { CreateProjectController } from './create-project/create-project.controller.ts';
import { CreateProjectHandler } from './create-project/create-project.handler.ts';
import { FindProjectHandler } from './find-project/find-project.handler.ts';
import { ListProjectsController } from './list-projects/list-projects.controller.ts';
import { ListProjectsHandler } from './list-projects/list-projects.handler.ts';
import { AccessGuard } from './resolve-access/access.guard.ts';
import { ResolveAccessHandler } from './resolve-access/resolve-access.handler.ts';
import { TokenVerifier } from './resolve-access/token-verifier.ts';

/** Who may see what: organization → workspace → project, API keys, the guard of every route. */
@Module({
  controllers: [CreateProjectController, ListProjectsController],
  providers: [
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: TokenVerifier, inject: [CONFIG], useFactory: ({ oidc }: Config) => new TokenVerifier(oidc) },
    ResolveAccessHandler,
    CreateProjectHandler,
    FindProjectHandler,
    ListProjectsHandler,
  ],
})
export class ProjectsModule {}
