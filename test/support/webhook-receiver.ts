import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface WebhookReceiver {
  readonly url: string;
  readonly received: readonly Received[];
  /** Requests that were here at the same time, at most. */
  readonly mostAtOnce: number;
  /** Status of the answers from now on; a redirect leads back here. `never`: it takes requests and keeps them waiting. */
  answer(status: number | 'never'): void;
  stop(): Promise<void>;
}

/** A service of somebody else that takes webhooks, on loopback. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const received: Received[] = [];
  let status: number | 'never' = 204;
  let [here, mostAtOnce] = [0, 0];
  const server = createServer((request, response) => {
    here += 1;
    mostAtOnce = Math.max(mostAtOnce, here);
    response.once('close', () => {
      here -= 1;
    });
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      if (status === 'never') return;
      response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    get mostAtOnce() {
      return mostAtOnce;
    },
    answer: (next) => {
      status = next;
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}
