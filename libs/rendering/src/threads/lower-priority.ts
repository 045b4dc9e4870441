import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';

/** How much lower a thread runs that may fill a core, beside those that somebody waits for. */
const niceness = 10;

/**
 * Lowers the priority of this thread alone: a report may take a little longer, an answer may not. Linux counts priorities
 * by thread and tells a thread its number; elsewhere nothing happens.
 */
export function lowerPriority(): void {
  try {
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    if (Number.isInteger(thread)) setPriority(thread, niceness);
  } catch {
    // No /proc, or not allowed: the thread keeps the priority it has.
  }
}
