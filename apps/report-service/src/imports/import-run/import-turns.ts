import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '#contracts';
import { CONFIG, type Config, Slots } from '#platform';

interface Waiting {
  readonly organizationId: string;
  readonly begin: () => void;
}

/** So many pieces of work at once; whose organization has the fewest under way is next, and of those who came first. */
class Turns {
  private readonly underWay = new Map<string, number>();
  private readonly waiting: Waiting[] = [];
  private running = 0;

  constructor(private readonly atOnce: number) {}

  async take<T>(organizationId: string, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((begin) => {
      this.waiting.push({ organizationId, begin });
      this.next();
    });
    try {
      return await work();
    } finally {
      this.running -= 1;
      this.count(organizationId, -1);
      this.next();
    }
  }

  private next(): void {
    if (this.running >= this.atOnce) return;
    const fewest = Math.min(...this.waiting.map((one) => this.of(one.organizationId)));
    const place = this.waiting.findIndex((one) => this.of(one.organizationId) === fewest);
    const [chosen] = place === -1 ? [] : this.waiting.splice(place, 1);
    if (!chosen) return;
    this.running += 1;
    this.count(chosen.organizationId, 1);
    chosen.begin();
  }

  private of(organizationId: string): number {
    return this.underWay.get(organizationId) ?? 0;
  }

  private count(organizationId: string, change: 1 | -1): void {
    const now = this.of(organizationId) + change;
    if (now > 0) this.underWay.set(organizationId, now);
    else this.underWay.delete(organizationId);
  }
}

/** Imports of this process: so many are taken in, and so many of them read at once, each in a thread and on a connection. */
@Injectable()
export class ImportTurns {
  private readonly slots: Slots;
  private readonly turns: Turns;

  constructor(@Inject(CONFIG) { imports }: Config) {
    this.slots = new Slots({ atOnce: imports.underWay, perOrganization: imports.perOrganization });
    this.turns = new Turns(imports.readAtOnce);
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
    return this.turns.take(organizationId, work);
  }
}
