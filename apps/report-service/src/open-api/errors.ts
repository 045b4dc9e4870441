import { type ErrorCode, errorCatalogue } from '#contracts';
import type { Answer, NamedExample, Operation } from './document.ts';
import { headerReference } from './headers.ts';

const envelope = { $ref: '#/components/schemas/APIErrorPayload' };

/** What the answers of a status have in common, whatever the route. */
const meanings: Readonly<Record<number, { readonly name: string; readonly description: string }>> = {
  400: { name: 'Invalid', description: 'The request is invalid; `errors` locates each fault.' },
  401: { name: 'Unauthenticated', description: 'Authentication failed.' },
  403: { name: 'Forbidden', description: 'The caller may not do this.' },
  404: { name: 'NotFound', description: 'The resource does not exist, or belongs to another organization.' },
  409: { name: 'Conflict', description: 'The request conflicts with the current state.' },
  410: { name: 'Gone', description: 'What the request refers to was there and is no more.' },
  413: { name: 'TooLarge', description: 'The body is too large.' },
  415: { name: 'UnsupportedMediaType', description: 'The content type is not supported.' },
  426: { name: 'UpgradeRequired', description: 'The client is too old.' },
  429: { name: 'RateLimited', description: 'Too many requests; wait as long as `Retry-After` says.' },
  500: { name: 'Unexpected', description: 'Unexpected error.' },
  502: { name: 'BadGateway', description: 'The object store or the queue refused the operation.' },
  503: { name: 'Unavailable', description: 'The database is not available; wait as long as `Retry-After` says.' },
  504: { name: 'GatewayTimeout', description: 'The object store or the queue did not answer in time.' },
};

/** Every status above for components.responses, with each error of the catalogue that has it as an example. */
export function errorAnswers(): Record<string, Answer> {
  return Object.fromEntries(
    Object.entries(meanings).flatMap(([status, { name, description }]) => {
      const codes = codesOf(Number(status));
      return codes.length === 0 ? [] : [[name, errorAnswer(Number(status), description, codes)]];
    }),
  );
}

/** The errors that any route of its kind may answer with; a status that the catalogue lacks is left out. */
export function addErrors(operation: Operation, route: { readonly isPublic: boolean; readonly writes: boolean }): void {
  const always = route.isPublic ? [400, 500] : [400, 401, 403, 404, 426, 429, 500, 502, 503, 504];
  const withBody = operation.requestBody ? [413, 415] : [];
  const onWrite = route.writes ? [409] : [];
  for (const status of [...always, ...withBody, ...onWrite]) {
    if (codesOf(status).length > 0 && !(status in operation.responses)) operation.responses[status] = {};
  }
  for (const [status, answer] of Object.entries(operation.responses)) {
    if (meanings[Number(status)] && isEnvelope(answer))
      operation.responses[status] = answered(operation, status, answer);
  }
}

function answered(operation: Operation, status: string, declared: Answer): Answer {
  const general = meanings[Number(status)];
  const codes = codesOf(Number(status)).filter((code) => operation['x-errors']?.includes(code));
  if (!general || (!declared.description && codes.length === 0))
    return { $ref: `#/components/responses/${general?.name ?? ''}` };
  const answer = errorAnswer(
    Number(status),
    declared.description || codes.map((code) => errorCatalogue[code].detail).join(' '),
    codes.length > 0 ? codes : usualCodes(operation, Number(status)),
  );
  return { ...answer, headers: { ...answer.headers, ...declared.headers } };
}

/** An answer that says nothing of its body, or that its body is the envelope. */
function isEnvelope({ content, $ref }: Answer): boolean {
  const schemas = Object.values(content ?? {}).map(({ schema }) => schema?.$ref);
  return $ref === undefined && schemas.every((reference) => reference === envelope.$ref);
}

/** Of the errors with this status those that the operation can meet: some belong to `Idempotency-Key` alone. */
function usualCodes(operation: Operation, status: number): ErrorCode[] {
  const keyed = operation.parameters?.some(({ name }) => name.toLowerCase() === 'idempotency-key') ?? false;
  const codes = codesOf(status);
  const usual = codes.filter((code) => code.startsWith('idempotency') === (keyed && status === 409));
  return usual.length > 0 ? usual : codes;
}

const codesOf = (status: number): ErrorCode[] =>
  (Object.keys(errorCatalogue) as ErrorCode[]).filter(
    (code) => errorCatalogue[code].status === status && errorCatalogue[code].type.endsWith('_error'),
  );

function errorAnswer(status: number, description: string, codes: readonly ErrorCode[]): Answer {
  const waits = status === 429 || status === 503;
  return {
    description,
    headers: Object.fromEntries(
      [...(waits ? ['Retry-After'] : []), ...(status === 401 ? ['WWW-Authenticate'] : [])].map((name) => [
        name,
        headerReference(name),
      ]),
    ),
    content: {
      'application/json': {
        schema: envelope,
        examples: Object.fromEntries(codes.map((code) => [code, exampleOf(code)])),
      },
    },
  };
}

/** What the error filter answers, to the letter; the faults are those of real requests. */
function exampleOf(code: ErrorCode): NamedExample {
  const { status, type, detail, remedy } = errorCatalogue[code];
  const errors = faults[code];
  return { summary: remedy, value: { code: status, detail, type, ...(errors && { errors }) } };
}

const faults: Partial<Record<ErrorCode, readonly unknown[]>> = {
  invalid: [{ loc: ['body', 'preset', 'sections', 0], msg: 'each value in sections must be known', type: 'is_in' }],
  invalid_import: [{ loc: ['line', 7, 'assessment'], msg: 'is required', type: 'missing' }],
  malformed_json: [{ loc: ['body'], msg: 'The request body is not valid JSON.', type: 'json_invalid' }],
};
