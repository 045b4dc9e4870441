import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { WithdrawBuilds } from '#contracts';
import { BuildLedger } from '../build-ledger.ts';

@CommandHandler(WithdrawBuilds)
export class WithdrawBuildsHandler implements ICommandHandler<WithdrawBuilds> {
  constructor(private readonly ledger: BuildLedger) {}

  async execute({ project: { projectId }, importIds, tx }: WithdrawBuilds): Promise<void> {
    if (importIds === null) await this.ledger.deleteAll(tx, projectId);
    else await this.ledger.withdraw(tx, projectId, importIds);
  }
}
