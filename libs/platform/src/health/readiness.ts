import { Injectable } from '@nestjs/common';
import { within } from '../background/within.ts';

type ReadinessCheck = () => Promise<void>;

/** What must answer before this process takes traffic. Each module adds its own part. */
@Injectable()
export class Readiness {
  private readonly checks = new Map<string, ReadinessCheck>();

  add(part: string, check: ReadinessCheck): void {
    this.checks.set(part, check);
  }

  /** Part to whether it answers within two seconds. */
  async inspect(): Promise<Record<string, boolean>> {
    const results = await Promise.all(
      [...this.checks].map(async ([part, check]) => [part, await answers(check)] as const),
    );
    return Object.fromEntries(results);
  }
}

async function answers(check: ReadinessCheck): Promise<boolean> {
  try {
    await within(2_000, check(), () => new Error('no answer in 2 s'));
    return true;
  } catch {
    return false;
  }
}
