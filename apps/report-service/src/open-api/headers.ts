import type { Header, Operation, Schema } from './document.ts';

const seconds = (description: string): Header => ({
  description,
  schema: { type: 'integer', format: 'int32', minimum: 0, maximum: 86_400, examples: [1] },
});

/** Headers of answers, once each; the answers refer to them by name. */
export const headers: Record<string, Header> = {
  'X-Request-Id': {
    description:
      'Id of this request in the log of the service: the one that was sent, if it was 1 to 64 of `A-Z a-z 0-9 _ -`.',
    required: true,
    schema: {
      type: 'string',
      maxLength: 64,
      pattern: '^[\\w-]{1,64}$',
      examples: ['0b9d6c2e-5f0e-4a64-9b0a-3c1d7f5a2e11'],
    },
  },
  'Access-Control-Allow-Origin': {
    description: 'The requesting origin, if the configuration allows it. Absent otherwise: CORS is off by default.',
    schema: { type: 'string', maxLength: 2048, pattern: '^[^\\u0000]*$', examples: ['https://app.example.com'] },
  },
  RateLimit: {
    description: 'Requests left of the quota, and seconds until the window ends: `"default";r=99;t=30`.',
    schema: { type: 'string', maxLength: 1024, pattern: '^[^\\u0000]*$', examples: ['"default";r=99;t=30'] },
  },
  'RateLimit-Policy': {
    description: 'The quota and its window in seconds: `"default";q=100;w=60`.',
    schema: { type: 'string', maxLength: 1024, pattern: '^[^\\u0000]*$', examples: ['"default";q=100;w=60'] },
  },
  'Retry-After': seconds('Seconds to wait before the next request of this kind.'),
  Location: {
    description: 'Path of the created resource.',
    schema: { type: 'string', format: 'uri-reference', maxLength: 2048, examples: ['/api/v1/org/demo/ws/red-team'] },
  },
  ETag: {
    description: 'Version of this resource; send it as `If-None-Match` to get 304 while it has not changed.',
    schema: { type: 'string', maxLength: 256, pattern: '^(W/)?"[^"]*"$', examples: ['W/"3-40"'] },
  },
  'Idempotent-Replayed': {
    description: '`true` when this answer repeats that of the first request with the same `Idempotency-Key`.',
    schema: { type: 'string', enum: ['true'] },
  },
  'Content-Disposition': {
    description: 'File name.',
    schema: {
      type: 'string',
      maxLength: 1024,
      pattern: '^[^\\u0000]*$',
      examples: ['attachment; filename="findings.parquet"'],
    },
  },
  'WWW-Authenticate': {
    description: 'How to authenticate.',
    required: true,
    schema: { type: 'string', maxLength: 256, pattern: '^Bearer', examples: ['Bearer'] },
  },
};

/** What a header of a request may hold, wherever a route reads it; by its name in lower case. */
export const requestHeaders: Readonly<Partial<Record<string, Schema>>> = {
  'idempotency-key': { type: 'string', minLength: 1, maxLength: 255, pattern: '^[ -~]+$' },
  'if-none-match': { type: 'string', maxLength: 1024, pattern: '^[ -~]*$' },
  'x-file-name': { type: 'string', maxLength: 1024, pattern: '^[^\\u0000]*$' },
  'x-client-version': { type: 'string', maxLength: 64, pattern: '^[ -~]*$' },
};

/** Headers that answers of such a kind bring wherever they are; those of one route stand at its controller. */
export function usualHeaders(status: string, operation: Operation): string[] {
  const types = Object.keys(operation.responses[status]?.content ?? {});
  const reads = (header: string): boolean =>
    operation.parameters?.some((parameter) => parameter.in === 'header' && parameter.name.toLowerCase() === header) ??
    false;
  return [
    ...(types.some((type) => !type.endsWith('json') || type.endsWith('ndjson')) ? ['Content-Disposition'] : []),
    ...(status === '201' || status === '202' ? ['Location'] : []),
    ...(status === '202' ? ['Retry-After'] : []),
    ...(/^(2\d\d|304)$/.test(status) && reads('if-none-match') ? ['ETag', 'Retry-After'] : []),
    ...(status.startsWith('2') && reads('idempotency-key') ? ['Idempotent-Replayed'] : []),
    ...(status === '409' && reads('idempotency-key') ? ['Retry-After'] : []),
  ];
}

export const headerReference = (name: string): { $ref: string } => ({ $ref: `#/components/headers/${name}` });
