interface Envelope {
  readonly detail: string;
  readonly type: string;
  readonly errors?: readonly { readonly loc: readonly (string | number)[]; readonly msg: string }[] | null;
}

/** An answer of the API that is no success, readable for a person. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';

  constructor(
    readonly request: string,
    readonly status: number,
    body: string,
  ) {
    super([`${request} answered ${status}`, ...linesOf(body)].join('\n'));
  }
}

function linesOf(body: string): string[] {
  const envelope = parseEnvelope(body);
  if (envelope === undefined) return body === '' ? [] : [body.slice(0, 500)];
  const faults = (envelope.errors ?? []).map(({ loc, msg }) => `  ${loc.join('.')}: ${msg}`);
  return [`${envelope.type}: ${envelope.detail}`, ...faults];
}

function parseEnvelope(body: string): Envelope | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isEnvelope(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isEnvelope(value: unknown): value is Envelope {
  return (
    typeof value === 'object' &&
    value !== null &&
    'detail' in value &&
    typeof value.detail === 'string' &&
    'type' in value &&
    typeof value.type === 'string'
  );
}
