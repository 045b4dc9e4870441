import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ReserveArtifact } from '#contracts';
import { Database } from '#platform';
import { artifactKey } from '../artifact-key.ts';

@CommandHandler(ReserveArtifact)
export class ReserveArtifactHandler implements ICommandHandler<ReserveArtifact> {
  constructor(private readonly database: Database) {}

  async execute({ artifact }: ReserveArtifact): Promise<void> {
    const { organizationId, buildId, attempt } = artifact;
    const objectKey = artifactKey(artifact);
    await this.database.transaction(organizationId, async (tx) => {
      const [discard] = await tx.query<unknown[]>(
        'select 1 from storage.discard where build_id = $1 and keep is distinct from $2',
        [buildId, objectKey],
      );
      if (discard) throw new Error(`nothing of build ${buildId} is wanted any more`);
      await tx.query(
        `insert into storage.artifact (object_key, organization_id, build_id, attempt) values ($1, $2, $3, $4)
         on conflict (object_key) do nothing`,
        [objectKey, organizationId, buildId, attempt],
      );
    });
  }
}
