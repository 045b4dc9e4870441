import { inspect } from 'node:util';

/** Looks until the fact holds, and fails with what it last saw. */
export async function eventually<T>(
  look: () => T | Promise<T>,
  holds: (seen: T) => boolean,
  limitMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + limitMs;
  // Often at first, then less: a look may cost the service as much as the work that is waited for.
  for (let pauseMs = 20; ; pauseMs = Math.min(pauseMs * 1.3, 250)) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (Date.now() > deadline) throw new Error(`Not within ${limitMs} ms; last seen: ${inspect(seen, { depth: 4 })}`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
