import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DeleteArtifacts } from '#contracts';
import { RemoveArtifacts } from '../remove-artifacts.ts';

@CommandHandler(DeleteArtifacts)
export class DeleteArtifactsHandler implements ICommandHandler<DeleteArtifacts> {
  constructor(private readonly artifacts: RemoveArtifacts) {}

  async execute({ buildId, keep }: DeleteArtifacts): Promise<void> {
    await this.artifacts.of(buildId, keep, false);
  }
}
