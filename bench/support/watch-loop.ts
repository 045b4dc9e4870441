import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

/** Preloaded into a service: tells whoever asks how long, in ms, the thread that answers HTTP stood still at most since it was last asked. */
if (isMainThread && process.send) {
  const resolution = 5;
  const delays = monitorEventLoopDelay({ resolution });
  delays.enable();
  process.on('message', () => {
    // What is measured is a timer of that resolution, and how late it comes.
    process.send?.(Math.max(0, delays.max / 1e6 - resolution));
    delays.reset();
  });
  process.channel?.unref();
}
