import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';

/** As much lower as a thread that fills a core should stand behind those that somebody waits for. */
const niceness = 10;

/**
 * Lowers the priority of this thread alone: a report may take a little longer, an answer may not. Linux counts priorities
 * by thread and tells a thread its number; elsewhere nothing happens.
 */
export function standBack(): void {
  try {
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    if (Number.isInteger(thread)) setPriority(thread, niceness);
  } catch {
    // No /proc, or not allowed: the thread keeps the priority it has.
  }
}
