import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Conformance, pointerTo } from '../../../../test/support/conformance.ts';
import { type ApiDocument, type MediaType, operationsOf } from './document.ts';

/** As committed: a check sees to it that it is of this code. */
const document = JSON.parse(readFileSync(join(__dirname, '../../../../docs/openapi.json'), 'utf8')) as ApiDocument;
const conformance = new Conformance(document);

interface Body {
  readonly title: string;
  readonly pointer: string;
  readonly media: MediaType;
}

const bodiesAt = (title: string, content: Record<string, MediaType> | undefined, ...at: readonly string[]): Body[] =>
  Object.entries(content ?? {}).map(([type, media]) => ({
    title: `${title} as ${type}`,
    pointer: pointerTo(...at, 'content', type, 'schema'),
    media,
  }));
const operations = operationsOf(document).map(({ path, method, operation }) => ({
  name: operation.operationId ?? '',
  operation,
  at: ['paths', path, method],
}));
const requests = operations.flatMap(({ name, operation, at }) =>
  bodiesAt(name, operation.requestBody?.content, ...at, 'requestBody'),
);
const answers = operations.flatMap(({ name, operation, at }) =>
  Object.entries(operation.responses).flatMap(([status, { content }]) =>
    bodiesAt(`${name} ${status}`, content, ...at, 'responses', status),
  ),
);
const shared = Object.entries(document.components.responses ?? {}).flatMap(([name, { content }]) =>
  bodiesAt(name, content, 'components', 'responses', name),
);
const examplesOf = ({ example, examples }: MediaType): readonly unknown[] => [
  ...(example === undefined ? [] : [example]),
  ...Object.values(examples ?? {}).map(({ value }) => value),
];
const isJson = ({ title }: Body): boolean => title.endsWith(' as application/json');
const withExamples = [...requests, ...answers, ...shared].filter(({ media }) => examplesOf(media).length > 0);

describe('examples of the document', () => {
  it('stand with every JSON body that is sent or answered', () => {
    const bodies = [...requests, ...answers, ...shared].filter(isJson);

    expect(bodies.length).toBeGreaterThan(operations.length);
    expect(bodies.filter(({ media }) => examplesOf(media).length === 0).map(({ title }) => title)).toEqual([]);
  });

  it.each(withExamples.map((body) => [body.title, body] as const))(
    '%s: is what its schema asks for',
    (_title, body) => {
      for (const example of examplesOf(body.media)) expect(conformance.schemaFaults(body.pointer, example)).toEqual([]);
    },
  );

  it('would be found wrong: an unknown field, a missing one, a wrong type', () => {
    const made = requests.find(({ title }) => title === 'create_project as application/json');
    const faults = (body: unknown): readonly string[] => conformance.schemaFaults(made?.pointer ?? '', body);

    expect(faults({ slug: 'a', name: 'A', more: 1 })).toHaveLength(1);
    expect(faults({ name: 'A' })).toHaveLength(1);
    expect(faults({ slug: 'a', name: 1 })).toHaveLength(1);
  });

  it('hold no secret, and nothing of the machine that recorded them', () => {
    const text = JSON.stringify(withExamples.map(({ media }) => examplesOf(media)));
    const found = (pattern: RegExp): readonly string[] => [...new Set(text.match(pattern) ?? [])].sort();

    expect(found(/\bairt_[\w-]{12,}/g).filter((key) => !key.endsWith('ExampleKeyThatOpensNothing'))).toEqual([]);
    expect(found(/\bwhsec_[\w+/=-]+/g).map((secret) => Buffer.from(secret.slice(6), 'base64').toString())).toEqual([
      'This example signs nothing.',
    ]);
    expect(found(/X-Amz-Signature=\w+/g)).toEqual(['X-Amz-Signature=ExampleSignature']);
    expect(found(/X-Amz-Credential=\w+/g)).toEqual(['X-Amz-Credential=ExampleAccessKey']);
    expect(found(/https?:\/\/[\w.-]+:\d+/g)).toEqual(['http://localhost:9000']);
    expect(found(/\/(?:tmp|home|root|work|Users|var)\//g)).toEqual([]);
  });
});
