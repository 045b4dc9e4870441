import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CONFIG, type Config } from '#platform';
import { CreateKeyController } from './keys/create-key.controller.ts';
import { CreateKeyHandler } from './keys/create-key.handler.ts';
import { CreateOrganizationController } from './organizations/create-organization.controller.ts';
import { CreateOrganizationHandler } from './organizations/create-organization.handler.ts';
import { CreateProjectController } from './projects/create-project.controller.ts';
import { CreateProjectHandler } from './projects/create-project.handler.ts';
import { CreateWorkspaceController } from './workspaces/create-workspace.controller.ts';
import { CreateWorkspaceHandler } from './workspaces/create-workspace.handler.ts';
import { GetProjectController } from './projects/get-project.controller.ts';
import { GetProjectHandler } from './projects/get-project.handler.ts';
import { DeleteProjectController } from './projects/delete-project.controller.ts';
import { DeleteProjectHandler } from './projects/delete-project.handler.ts';
import { DeleteWorkspaceController } from './workspaces/delete-workspace.controller.ts';
import { DeleteWorkspaceHandler } from './workspaces/delete-workspace.handler.ts';
import { FindProjectHandler } from './projects/find-project.handler.ts';
import { ListProjectsController } from './projects/list-projects.controller.ts';
import { ListProjectsHandler } from './projects/list-projects.handler.ts';
import { OrganizationMembersController } from './members/organization-members.controller.ts';
import { ListMembersHandler } from './members/list-members.handler.ts';
import { PutMemberHandler } from './members/put-member.handler.ts';
import { RemoveMemberHandler } from './members/remove-member.handler.ts';
import { GetKeyHandler } from './keys/get-key.handler.ts';
import { ListKeysHandler } from './keys/list-keys.handler.ts';
import { ReadKeysController } from './keys/read-keys.controller.ts';
import { GetOrganizationHandler } from './organizations/get-organization.handler.ts';
import { ReadOrganizationController } from './organizations/read-organization.controller.ts';
import { GetWorkspaceHandler } from './workspaces/get-workspace.handler.ts';
import { ListWorkspacesHandler } from './workspaces/list-workspaces.handler.ts';
import { ReadWorkspacesController } from './workspaces/read-workspaces.controller.ts';
import { ResolveAccessHandler } from './access/resolve-access.handler.ts';
import { RevokeKeyController } from './keys/revoke-key.controller.ts';
import { RevokeKeyHandler } from './keys/revoke-key.handler.ts';
import { UpdateOrganizationController } from './organizations/update-organization.controller.ts';
import { UpdateOrganizationHandler } from './organizations/update-organization.handler.ts';
import { UpdateProjectController } from './projects/update-project.controller.ts';
import { UpdateProjectHandler } from './projects/update-project.handler.ts';
import { UpdateWorkspaceController } from './workspaces/update-workspace.controller.ts';
import { UpdateWorkspaceHandler } from './workspaces/update-workspace.handler.ts';
import { ListPlacesOfCallerHandler } from './who-am-i/list-places-of-caller.handler.ts';
import { WhoAmIController } from './who-am-i/who-am-i.controller.ts';
import { WorkspaceMembersController } from './members/workspace-members.controller.ts';
import { ListWorkspaceMembersHandler } from './members/list-workspace-members.handler.ts';
import { PutWorkspaceMemberHandler } from './members/put-workspace-member.handler.ts';
import { RemoveWorkspaceMemberHandler } from './members/remove-workspace-member.handler.ts';
import { AccessGuard } from './access/access.guard.ts';
import { TokenVerifier } from './access/token-verifier.ts';

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
export class TenancyModule {}
