import { Injectable } from '@nestjs/common';
import { within } from '../background/within.ts';

/** The signal ends what the check waits for, so that no connection of it stays behind. */
type ReadinessCheck = (signal: AbortSignal) => Promise<void>;

/** A part that takes longer counts as away. */
const limitMs = 2_000;

/** What must answer before this process takes traffic. Each module adds its own part. */
@Injectable()
export class Readiness {
  private readonly checks = new Map<string, ReadinessCheck>();

  add(part: string, check: ReadinessCheck): void {
    this.checks.set(part, check);
  }

  /** Part to whether it answers in time. */
  async inspect(): Promise<Record<string, boolean>> {
    const results = await Promise.all(
      [...this.checks].map(async ([part, check]) => [part, await answers(check)] as const),
    );
    return Object.fromEntries(results);
  }
}

async function answers(check: ReadinessCheck): Promise<boolean> {
  try {
    await within(limitMs, check(AbortSignal.timeout(limitMs)), () => new Error(`no answer in ${limitMs} ms`));
    return true;
  } catch {
    return false;
  }
}
