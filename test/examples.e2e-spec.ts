import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
  type ApiDocument,
  type Method,
  type Operation,
  operationsOf,
} from '../apps/report-service/src/open-api/document.ts';
import { makeDemoProject } from './support/demo-project.ts';
import { sharedOrganization, type SharedService } from './support/shared-service.ts';

const document = JSON.parse(readFileSync(join(__dirname, '../docs/openapi.json'), 'utf8')) as ApiDocument;

/** What is not sent as it stands, and why. */
const notSent: Readonly<Record<string, string>> = {
  create_organization: 'It takes the key of an operator.',
};

/** Makes before changes: a template is changed that the example before it made. */
const order: readonly Method[] = ['post', 'put', 'patch'];

interface Sent {
  readonly title: string;
  readonly path: string;
  readonly method: Method;
  readonly operation: Operation;
  readonly body: unknown;
}

const examples = operationsOf(document)
  .flatMap(({ path, method, operation }): Sent[] => {
    const { example, examples: named } = operation.requestBody?.content['application/json'] ?? {};
    const bodies = Object.entries(named ?? {}).map(([name, { value }]): [string, unknown] => [` (${name})`, value]);
    if (example !== undefined) bodies.push(['', example]);
    return bodies.map(([name, body]) => ({
      title: `${operation.operationId ?? ''}${name}`,
      path,
      method,
      operation,
      body,
    }));
  })
  .sort((a, b) => order.indexOf(a.method) - order.indexOf(b.method));
const sent = examples.filter(({ operation }) => !((operation.operationId ?? '') in notSent));

describe('the examples of request bodies, as they stand, on the demo project', () => {
  let service: SharedService;
  beforeAll(async () => {
    service = await sharedOrganization();
    await makeDemoProject(service.api);
  });

  it('are of every operation that takes JSON', () => {
    const taking = operationsOf(document).filter(({ operation }) => operation.requestBody?.content['application/json']);
    const names = (operations: readonly { operation: Operation }[]): readonly string[] =>
      [...new Set(operations.map(({ operation }) => operation.operationId ?? ''))].sort();

    expect(names(examples)).toEqual(names(taking));
    expect(names(taking)).toEqual(expect.arrayContaining(Object.keys(notSent)));
  });

  it.each(sent.map((example) => [example.title, example] as const))('%s', async (_title, example) => {
    const { api } = service;
    const { body } = example;
    const headers = { 'Content-Type': 'application/json' };
    const answer = await api.send(example.method.toUpperCase(), await pathOf(example), { body, headers });

    expect({ status: answer.status, ok: answer.status < 300 || answer.body }).toEqual({
      status: answer.status,
      ok: true,
    });
  });

  /** The path by the examples of its parameters, but for the organization; an id is that of the first that the list answers. */
  async function pathOf({ path, operation }: Sent): Promise<string> {
    let filled = path;
    const query = new URLSearchParams();
    for (const { name, in: place, required, example } of operation.parameters ?? []) {
      if (place === 'path') {
        const given = name === 'org' ? service.api.org : example;
        const value = typeof given === 'string' ? given : await firstId(name);
        filled = filled.replace(`{${name}}`, encodeURIComponent(value));
      } else if (place === 'query' && required && typeof example === 'string') query.set(name, example);
    }
    return query.size === 0 ? filled : `${filled}?${query.toString()}`;
  }

  async function firstId(parameter: string): Promise<string> {
    const { api } = service;
    const lists: Readonly<Record<string, string>> = {
      finding_id: api.project('demo', '/findings'),
      assessment_id: api.project('demo', '/assessments'),
      template_id: api.project('demo', '/templates'),
      webhook_id: `/api/v1/org/${api.org}/webhooks`,
    };
    const { body } = await api.get<Record<string, unknown>>(lists[parameter] ?? '');
    const [first] = Object.values(body).find((value) => Array.isArray(value)) as { readonly id?: string }[];
    if (first?.id === undefined) throw new Error(`Nothing is there for ${parameter}.`);
    return first.id;
  }
});
