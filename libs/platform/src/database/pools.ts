import type { Config } from '../config/config.ts';

/** Connections of one process that are held for moments: by requests, and by loops and leases with the relay's few rights. */
export const poolSizes = { requests: 12, background: 4 } as const;

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
