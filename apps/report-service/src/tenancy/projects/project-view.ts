import type { ProjectView } from '#contracts';
import type { Project } from './project.entity.ts';

export const projectView = ({ id, slug, name, description, createdAt }: Project): ProjectView => ({
  id,
  slug,
  name,
  description,
  created_at: createdAt.toISOString(),
});
