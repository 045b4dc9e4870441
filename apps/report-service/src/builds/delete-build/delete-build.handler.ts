import { Logger } from '@nestjs/common';
import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError, DeleteArtifacts, DeleteBuild } from '#contracts';
import { AuditTrail, Database, within } from '#platform';
import { BuildLedger } from '../build-ledger.ts';

/** How long the answer waits for the store; the order in the outbox does not depend on it. */
const storeWaitMs = 2_000;

@CommandHandler(DeleteBuild)
export class DeleteBuildHandler implements ICommandHandler<DeleteBuild> {
  private readonly logger = new Logger('DeleteBuild');

  constructor(
    private readonly database: Database,
    private readonly ledger: BuildLedger,
    private readonly audit: AuditTrail,
    private readonly commands: CommandBus,
  ) {}

  async execute({ project, buildId }: DeleteBuild): Promise<void> {
    await this.database.transaction(project.organizationId, async (tx) => {
      if (!(await this.ledger.delete(tx, project.projectId, buildId))) throw new AppError('not_found');
      await this.audit.record(tx, 'build.deleted', project, buildId);
    });
    await this.removeNow(buildId);
  }

  /** So that a link that is out is dead when the caller hears of it. A store that is away only makes it die later. */
  private async removeNow(buildId: string): Promise<void> {
    try {
      const removed = this.commands.execute(new DeleteArtifacts(buildId, null));
      await within(storeWaitMs, removed, () => new AppError('storage_timeout'));
    } catch (error) {
      this.logger.warn({ buildId, err: error }, 'the artifact is still in the store; it goes when the store answers');
    }
  }
}
