import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { NoteMissingArtifact } from '#contracts';
import { BuildLedger } from '../build-ledger.ts';

@CommandHandler(NoteMissingArtifact)
export class NoteMissingArtifactHandler implements ICommandHandler<NoteMissingArtifact> {
  constructor(private readonly ledger: BuildLedger) {}

  async execute({ buildId, objectKey }: NoteMissingArtifact): Promise<void> {
    await this.ledger.noteMissing(buildId, objectKey);
  }
}
