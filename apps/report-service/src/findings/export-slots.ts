import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '#contracts';
import { CONFIG, type Config, Slots } from '#platform';

/** Exports hold a snapshot for as long as somebody reads: so many at once, and of one organization no more than its share. */
@Injectable()
export class ExportSlots {
  private readonly slots: Slots;

  constructor(@Inject(CONFIG) { exports }: Config) {
    this.slots = new Slots(exports);
  }

  async during<T>(organizationId: string, work: () => Promise<T>): Promise<T> {
    const release = this.slots.take(organizationId);
    if (release === 'organization') {
      throw new AppError('exports_under_way', {
        detail: 'The organization has as many exports under way as it may have.',
      });
    }
    if (release === 'process') throw new AppError('exports_under_way');
    try {
      return await work();
    } finally {
      release();
    }
  }
}
