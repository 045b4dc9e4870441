import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CONFIG, type Config } from '#platform';
import { CreateKeyController } from './create-key/create-key.controller.ts';
import { CreateKeyHandler } from './create-key/create-key.handler.ts';
import { CreateOrganizationController } from './create-organization/create-organization.controller.ts';
import { CreateOrganizationHandler } from './create-organization/create-organization.handler.ts';
import { CreateProjectController } from './create-project/create-project.controller.ts';
import { CreateProjectHandler } from './create-project/create-project.handler.ts';
import { CreateWorkspaceController } from './create-workspace/create-workspace.controller.ts';
import { CreateWorkspaceHandler } from './create-workspace/create-workspace.handler.ts';
import { GetProjectController } from './get-project/get-project.controller.ts';
import { GetProjectHandler } from './get-project/get-project.handler.ts';
import { DeleteProjectController } from './delete-project/delete-project.controller.ts';
import { DeleteProjectHandler } from './delete-project/delete-project.handler.ts';
import { DeleteWorkspaceController } from './delete-workspace/delete-workspace.controller.ts';
import { DeleteWorkspaceHandler } from './delete-workspace/delete-workspace.handler.ts';
import { FindProjectHandler } from './find-project/find-project.handler.ts';
import { ListProjectsController } from './list-projects/list-projects.controller.ts';
import { ListProjectsHandler } from './list-projects/list-projects.handler.ts';
import { OrganizationMembersController } from './organization-members/organization-members.controller.ts';
import { ListMembersHandler } from './organization-members/list-members.handler.ts';
import { PutMemberHandler } from './organization-members/put-member.handler.ts';
import { RemoveMemberHandler } from './organization-members/remove-member.handler.ts';
import { GetKeyHandler } from './read-keys/get-key.handler.ts';
import { ListKeysHandler } from './read-keys/list-keys.handler.ts';
import { ReadKeysController } from './read-keys/read-keys.controller.ts';
import { GetOrganizationHandler } from './read-organization/get-organization.handler.ts';
import { ReadOrganizationController } from './read-organization/read-organization.controller.ts';
import { GetWorkspaceHandler } from './read-workspaces/get-workspace.handler.ts';
import { ListWorkspacesHandler } from './read-workspaces/list-workspaces.handler.ts';
import { ReadWorkspacesController } from './read-workspaces/read-workspaces.controller.ts';
import { ResolveAccessHandler } from './resolve-access/resolve-access.handler.ts';
import { RevokeKeyController } from './revoke-key/revoke-key.controller.ts';
import { RevokeKeyHandler } from './revoke-key/revoke-key.handler.ts';
import { UpdateOrganizationController } from './update-organization/update-organization.controller.ts';
import { UpdateOrganizationHandler } from './update-organization/update-organization.handler.ts';
import { UpdateProjectController } from './update-project/update-project.controller.ts';
import { UpdateProjectHandler } from './update-project/update-project.handler.ts';
import { UpdateWorkspaceController } from './update-workspace/update-workspace.controller.ts';
import { UpdateWorkspaceHandler } from './update-workspace/update-workspace.handler.ts';
import { ListPlacesOfCallerHandler } from './who-am-i/list-places-of-caller.handler.ts';
import { WhoAmIController } from './who-am-i/who-am-i.controller.ts';
import { WorkspaceMembersController } from './workspace-members/workspace-members.controller.ts';
import { ListWorkspaceMembersHandler } from './workspace-members/list-workspace-members.handler.ts';
import { PutWorkspaceMemberHandler } from './workspace-members/put-workspace-member.handler.ts';
import { RemoveWorkspaceMemberHandler } from './workspace-members/remove-workspace-member.handler.ts';
import { AccessGuard } from './resolve-access/access.guard.ts';
import { TokenVerifier } from './resolve-access/token-verifier.ts';

/** Who may see what: organization → workspace → project, members, API keys, the guard of every route. */
@Module({
  controllers: [
    CreateKeyController,
    CreateOrganizationController,
    CreateProjectController,
    CreateWorkspaceController,
    DeleteProjectController,
    DeleteWorkspaceController,
    GetProjectController,
    ListProjectsController,
    OrganizationMembersController,
    ReadKeysController,
    ReadOrganizationController,
    ReadWorkspacesController,
    RevokeKeyController,
    UpdateOrganizationController,
    UpdateProjectController,
    UpdateWorkspaceController,
    WhoAmIController,
    WorkspaceMembersController,
  ],
  providers: [
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: TokenVerifier, inject: [CONFIG], useFactory: ({ oidc }: Config) => new TokenVerifier(oidc) },
    CreateKeyHandler,
    CreateOrganizationHandler,
    CreateProjectHandler,
    CreateWorkspaceHandler,
    GetProjectHandler,
    FindProjectHandler,
    ListProjectsHandler,
    ListMembersHandler,
    PutMemberHandler,
    RemoveMemberHandler,
    GetKeyHandler,
    ListKeysHandler,
    GetOrganizationHandler,
    GetWorkspaceHandler,
    ListWorkspacesHandler,
    ResolveAccessHandler,
    RevokeKeyHandler,
    UpdateOrganizationHandler,
    UpdateProjectHandler,
    UpdateWorkspaceHandler,
    ListPlacesOfCallerHandler,
    ListWorkspaceMembersHandler,
    PutWorkspaceMemberHandler,
    RemoveWorkspaceMemberHandler,
    FindProjectHandler,
    DeleteProjectHandler,
    DeleteWorkspaceHandler,
  ],
})
export class ProjectsModule {}
