import { Injectable } from '@nestjs/common';
import { within } from '../background/within.ts';

/** The signal ends what the check waits for, so that no connection of it stays behind. */
type ReadinessCheck = (signal: AbortSignal) => Promise<void>;

/** A part that takes longer counts as away. */
const limitMs = 2_000;

/** So long an answer is good for those who ask after it. */
const keptMs = 1_000;

/** What must answer before this process takes traffic. Each module adds its own part. */
@Injectable()
export class Readiness {
  private readonly checks = new Map<string, ReadinessCheck>();
  private look: Promise<Record<string, boolean>> | null = null;

  add(part: string, check: ReadinessCheck): void {
    this.checks.set(part, check);
  }

  /** Part to whether it answers in time. Anybody may ask: one look at a time, kept for a moment, however many do. */
  inspect(): Promise<Record<string, boolean>> {
    this.look ??= this.check().finally(() => {
      setTimeout(() => (this.look = null), keptMs).unref();
    });
    return this.look;
  }

  private async check(): Promise<Record<string, boolean>> {
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
