import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';

/**
 * Waits on a pipe from this process and signals the child when the pipe closes, whatever closed it: after SIGKILL no
 * handler of ours could. The child has a session of its own, so a terminal's Ctrl-C reaches it through us alone.
 */
const leashScript = `
signal=$1
again=$2
shift 2
exec 3<&0
"$@" 3<&- </dev/null &
child=$!
( read -r _ <&3
  kill -"$signal" "$child"
  while sleep 1 && kill -0 "$child"; do
    if [ "$again" = again ]; then kill -"$signal" "$child"; fi
  done
) >/dev/null 2>&1 &
leash=$!
exec 3<&-
wait "$child"
status=$?
kill "$leash" 2>/dev/null
exit "$status"
`;

export interface Leashed {
  readonly process: ChildProcess;
  /** The exit status, once the child has ended. */
  readonly ended: Promise<number | null>;
  /** Signals the child and waits for its end. */
  stop(): Promise<number | null>;
}

/** Starts a child that does not outlive this process. */
export function leash(options: {
  readonly command: readonly [string, ...string[]];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly account?: { readonly uid?: number; readonly gid?: number };
  readonly signal: 'INT' | 'TERM';
  /** Ask every second until it ends: for a child that may not listen while it starts. */
  readonly again: boolean;
  readonly output: readonly ['ignore' | number, 'pipe' | number];
}): Leashed {
  const stdio: StdioOptions = ['pipe', ...options.output];
  const child = spawn(
    '/bin/sh',
    ['-c', leashScript, 'airt-leash', options.signal, options.again ? 'again' : 'once', ...options.command],
    { ...options.account, cwd: options.cwd, env: options.env, detached: true, stdio },
  );
  // The pipe may break before the end is reported.
  child.stdin?.on('error', () => undefined);
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
    child.once('error', () => {
      resolve(null);
    });
  });
  return {
    process: child,
    ended,
    stop: () => {
      child.stdin?.end();
      return ended;
    },
  };
}
