import { applyDecorators } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';

/** Documents the three path parameters that every project route has. */
export const ProjectPath = (): MethodDecorator & ClassDecorator =>
  applyDecorators(
    ApiParam({ name: 'org', type: String, description: 'Organization slug.', example: 'demo' }),
    ApiParam({ name: 'workspace', type: String, description: 'Workspace slug.', example: 'red-team' }),
    ApiParam({ name: 'project', type: String, description: 'Project slug or UUID.', example: 'demo' }),
  );

/** Documents the two path parameters of a route of a workspace. */
export const WorkspacePath = (): MethodDecorator & ClassDecorator =>
  applyDecorators(
    ApiParam({ name: 'org', type: String, description: 'Organization slug.', example: 'demo' }),
    ApiParam({ name: 'workspace', type: String, description: 'Workspace slug.', example: 'red-team' }),
  );
