import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '#contracts';
import { CONFIG, type Config, Slots, Turns } from '#platform';

/** Imports of this process: so many are taken in, and so many of them read at once, each in a thread and on a connection. */
@Injectable()
export class ImportTurns {
  private readonly slots: Slots;
  private readonly turns: Turns;

  constructor(@Inject(CONFIG) { imports }: Config) {
    this.slots = new Slots({ atOnce: imports.underWay, perOrganization: imports.perOrganization });
    this.turns = new Turns({ atOnce: imports.readAtOnce });
  }

  /** From the first byte of the file to the answer. */
  async during<T>(organizationId: string, work: () => Promise<T>): Promise<T> {
    const release = this.slots.take(organizationId);
    if (typeof release === 'string') throw new AppError('imports_under_way');
    try {
      return await work();
    } finally {
      release();
    }
  }

  /** Waits for its turn; whose organization reads least is next. */
  read<T>(organizationId: string, work: () => Promise<T>): Promise<T> {
    return this.turns.run(organizationId, work);
  }
}
