import type { PostgresBinaries } from './postgres-binaries.ts';

/** What it takes to start a server. */
export interface ServerCommand {
  readonly binaries: PostgresBinaries;
  readonly cluster: string;
  /** `-c name=value`, without spaces in the values. */
  readonly settings: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

export interface RunningServer {
  /** Shuts the server down without waiting for its clients, and waits for its end. */
  stop(): Promise<void>;
}
