export class ProjectResponse {
  id!: string;
  slug!: string;
  name!: string;
  description!: string | null;
  /** ISO 8601 UTC. */
  created_at!: string;
}
