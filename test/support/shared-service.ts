import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { AirtClient } from '#client';

import { TestApi } from './api.ts';
import { startService, type ServiceUnderTest } from './service.ts';
import { testStack, type DatabaseUrls } from './test-stack.ts';

/** A service that other specs use too, one after the other: nothing of it but a workspace is the spec's own. */
export interface SharedService {
  readonly baseUrl: string;
  readonly api: TestApi;
  readonly client: AirtClient;
  readonly dataDir: string;
  readonly databaseUrls: DatabaseUrls;
  readonly bucket: string;
  /** All that it wrote so far, for other specs as well. */
  logs(): Promise<string>;
}

type Told = Pick<SharedService, 'baseUrl' | 'dataDir' | 'databaseUrls' | 'bucket'> & {
  readonly org: string;
  readonly key: string;
};

/** A workspace of its own on the service with the usual settings, which costs seconds of a processor to start. */
export async function sharedService(): Promise<SharedService> {
  const { sharedServiceUrl } = testStack();
  const told = await ask(sharedServiceUrl);
  const { org, key, ...service } = JSON.parse(told) as Told;
  const workspace = `w-${randomBytes(4).toString('hex')}`;
  const api = new TestApi(() => service.baseUrl, org, workspace, key);
  const { status } = await api.post(`/api/v1/org/${org}/ws`, { slug: workspace, name: workspace });
  if (status !== 201) throw new Error(`The workspace was not made: ${status}`);
  return { ...service, api, client: api.client, logs: () => ask(`${sharedServiceUrl}/logs`) };
}

/** Set-up's side: starts the service when the first spec asks for it. */
export async function offerService(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  let started: Promise<ServiceUnderTest> | undefined;
  const server: Server = createServer((request, response) => {
    started ??= startService();
    started.then(
      (service) => {
        const { baseUrl, dataDir, databaseUrls, bucket, api } = service;
        const told: Told = { baseUrl, dataDir, databaseUrls, bucket, org: api.org, key: api.key };
        response.end(request.url === '/logs' ? service.logs() : JSON.stringify(told));
      },
      (error: unknown) => {
        response.writeHead(500).end(String(error));
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await (await started?.catch(() => undefined))?.stop();
    },
  };
}

async function ask(url: string): Promise<string> {
  const answer = await fetch(url);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`There is no shared service: ${text}`);
  return text;
}
