import { createServer, connect, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface StoreProxy {
  /** Where the store seems to be. */
  readonly endpoint: string;
  /** Refuses every connection, and cuts those that are open. */
  goAway(): void;
  /** Takes every connection and keeps it open without a word, those that are open too: they stay so when it is back. */
  hang(): void;
  comeBack(): void;
  /** Connections that are open at its door. */
  readonly callers: () => number;
  stop(): Promise<void>;
}

/** A store that can be away: passes bytes on to the real one, or does not. */
export async function startStoreProxy(endpoint: string): Promise<StoreProxy> {
  const { hostname, port } = new URL(endpoint);
  const open = new Set<Socket>();
  const callers = new Set<Socket>();
  let state: 'there' | 'away' | 'hanging' = 'there';
  const server = createServer((client) => {
    if (state === 'away') {
      client.destroy();
      return;
    }
    callers.add(client);
    client.once('close', () => callers.delete(client));
    if (state === 'hanging') {
      swallow(client);
      return;
    }
    const store = connect(Number(port), hostname);
    for (const [one, other] of [
      [client, store],
      [store, client],
    ] as const) {
      open.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
    client.pipe(store).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    for (const socket of [...open, ...callers]) socket.destroy();
  };
  const swallow = (client: Socket): void => {
    client.unpipe();
    client.on('error', () => undefined);
    client.resume();
  };
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    goAway: () => {
      state = 'away';
      cut();
    },
    hang: () => {
      state = 'hanging';
      for (const socket of open) if (!callers.has(socket)) socket.unpipe();
      for (const client of callers) swallow(client);
    },
    comeBack: () => {
      state = 'there';
    },
    callers: () => callers.size,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        cut();
      }),
  };
}
