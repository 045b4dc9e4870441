import { applyDecorators } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';

const organization = ApiParam({ name: 'org', type: String, description: 'Organization slug.', example: 'demo' });

/** Documents the path parameter of a route of an organization. */
export const OrganizationPath = (): MethodDecorator & ClassDecorator => organization;

/** Documents the two path parameters of a route of a workspace. */
export const WorkspacePath = (): MethodDecorator & ClassDecorator =>
  applyDecorators(
    organization,
    ApiParam({ name: 'workspace', type: String, description: 'Workspace slug.', example: 'red-team' }),
  );

/** Documents the three path parameters that every project route has. */
export const ProjectPath = (): MethodDecorator & ClassDecorator =>
  applyDecorators(
    WorkspacePath(),
    ApiParam({ name: 'project', type: String, description: 'Project slug or UUID.', example: 'demo' }),
  );
