import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { AirtClient } from '#client';

import { TestApi } from './api.ts';
import { makeOperator, makeOrganization, makeWorkspace } from './make-organization.ts';
import { startService, type ServiceUnderTest } from './service.ts';
import { testStack, type DatabaseUrls } from './test-stack.ts';

/** A service that other specs use too, some at the same time: nothing of it but its place is the spec's own. */
export interface SharedService {
  readonly baseUrl: string;
  readonly api: TestApi;
  readonly client: AirtClient;
  readonly dataDir: string;
  readonly databaseUrls: DatabaseUrls;
  readonly bucket: string;
  /** All that it and the processes beside it wrote so far, for other specs as well: any of them may carry an event. */
  logs(): Promise<string>;
}

/**
 * Settings with which a service is offered. The tight one is a second API of the same installation, with the bounds of
 * every spec that wants one lower, none of which is in the way of another.
 */
export const tight = {
  APP_ROLE: 'api',
  CORS_ORIGINS: 'https://reports.example.com, http://localhost:5173',
  HEADERS_TIMEOUT_SECONDS: '1',
  IMPORT_MAX_BYTES: String(4 * 1024 * 1024),
  MIN_CLIENT_VERSION: '1.4.0',
  S3_URL_TTL_SECONDS: '4',
  TEMPLATES_PER_PROJECT: '12',
};
type Settings = 'usual' | 'tight';

type Told = Pick<SharedService, 'baseUrl' | 'dataDir' | 'databaseUrls' | 'bucket'> & {
  readonly org: string;
  readonly workspace: string;
  readonly key: string;
  readonly operator: string;
};

/** A workspace of its own on a service that is there, since a start costs seconds of a processor. */
export async function sharedService(settings: Settings = 'usual'): Promise<SharedService> {
  const told = await tell(settings);
  const api = new TestApi(() => told.baseUrl, told.org, `w-${randomBytes(4).toString('hex')}`, told.key);
  await makeWorkspace(api);
  return serviceAt(settings, told, api);
}

/** An organization of its own there, for what a workspace shares with others: keys, members, webhooks, the audit log. */
export async function sharedOrganization(settings: Settings = 'usual'): Promise<SharedService> {
  const told = await tell(settings);
  return serviceAt(settings, told, await makeOrganization(told.baseUrl, told.operator, told.workspace));
}

/** The first workspace, which the examples of the OpenAPI document name. One spec alone may use it. */
export async function exampleWorkspace(): Promise<SharedService> {
  const told = await tell('usual');
  return serviceAt('usual', told, new TestApi(() => told.baseUrl, told.org, told.workspace, told.key));
}

const serviceAt = (settings: Settings, told: Told, api: TestApi): SharedService => {
  const { baseUrl, dataDir, databaseUrls, bucket } = told;
  return { baseUrl, dataDir, databaseUrls, bucket, api, client: api.client, logs: () => ask(`/${settings}/logs`) };
};

const tell = async (settings: Settings): Promise<Told> => JSON.parse(await ask(`/${settings}`)) as Told;

async function ask(path: string): Promise<string> {
  const answer = await fetch(`${testStack().sharedServiceUrl}${path}`);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`There is no shared service: ${text}`);
  return text;
}

interface Offered {
  readonly service: ServiceUnderTest;
  readonly operator: string;
}

/** Set-up's side: starts a service when the first spec asks for it. */
export async function offerService(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const started = new Map<string, Promise<Offered>>();
  const startOnce = (settings: string): Promise<Offered> => {
    const known = started.get(settings) ?? start(settings);
    started.set(settings, known);
    return known;
  };
  const start = async (settings: string): Promise<Offered> => {
    if (settings === 'tight') {
      const { service, operator } = await startOnce('usual');
      return { service: await startService({ beside: service, env: tight }), operator };
    }
    const service = await startService();
    return { service, operator: await makeOperator(service) };
  };
  const server: Server = createServer((request, response) => {
    const [, settings = '', what] = (request.url ?? '').split('/');
    // Specs ask seldom: a connection kept for the next question may be closed under it.
    response.setHeader('connection', 'close');
    startOnce(settings).then(
      ({ service, operator }) => {
        const { baseUrl, dataDir, databaseUrls, bucket, api } = service;
        const { org, workspace, key } = api;
        const told: Told = { baseUrl, dataDir, databaseUrls, bucket, org, workspace, key, operator };
        if (what !== 'logs') response.end(JSON.stringify(told));
        else
          void Promise.all(started.values()).then((all) => response.end(all.map((one) => one.service.logs()).join('')));
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
      // A process beside another ends before it.
      for (const settings of ['tight', 'usual']) {
        const offered = await started.get(settings)?.catch(() => undefined);
        await offered?.service.stop();
      }
    },
  };
}
