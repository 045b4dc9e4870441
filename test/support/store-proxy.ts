import { createServer, connect, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface StoreProxy {
  /** Where the store seems to be. */
  readonly endpoint: string;
  /** Refuses every connection, and cuts those that are open. */
  goAway(): void;
  comeBack(): void;
  stop(): Promise<void>;
}

/** A store that can be away: passes bytes on to the real one, or does not. */
export async function startStoreProxy(endpoint: string): Promise<StoreProxy> {
  const { hostname, port } = new URL(endpoint);
  const open = new Set<Socket>();
  let away = false;
  const server = createServer((client) => {
    if (away) {
      client.destroy();
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
    for (const socket of open) socket.destroy();
  };
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    goAway: () => {
      away = true;
      cut();
    },
    comeBack: () => {
      away = false;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        cut();
      }),
  };
}
