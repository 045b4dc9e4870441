import type { Config } from '../config/config.ts';

/** Connections of one process that are held for moments: by requests, and by loops and leases with the relay's few rights. */
export const poolSizes = { requests: 12, background: 4 } as const;

/**
 * Of the connections for requests, those that work of organizations may hold: organizations take turns, one has at most
 * half, and two are left for whoever asks who somebody is. Who gets none in time is told that the database is busy.
 */
export const requestTurns = { atOnce: poolSizes.requests - 2, atOnceOfOne: poolSizes.requests / 2, waitMs: 5_000 };

/** Work that holds a connection for long. It has a pool of its own, so that it never keeps a request waiting. */
export type LongWork = 'exports' | 'imports' | 'builds';

interface PoolBounds {
  /** As many as the bound of that work lets run at once: nobody waits here. */
  readonly size: number;
  readonly statementSeconds: number;
}

export function longWorkPools({ builds, exports, imports }: Config): Readonly<Record<LongWork, PoolBounds>> {
  return {
    imports: { size: imports.readAtOnce, statementSeconds: imports.statementSeconds },
    exports: { size: exports.atOnce, statementSeconds: 120 },
    builds: { size: builds.concurrency, statementSeconds: 120 },
  };
}
