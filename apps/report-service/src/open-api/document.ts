/** A JSON Schema of 2020-12, as OpenAPI 3.1 uses it: the words that our document has. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  format?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  example?: unknown;
  examples?: unknown;
  nullable?: boolean;
  pattern?: string;
  contentMediaType?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  maxProperties?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  not?: Schema;
  discriminator?: unknown;
}

export interface NamedExample {
  summary?: string;
  value: unknown;
}

export interface MediaType {
  schema?: Schema;
  example?: unknown;
  examples?: Record<string, NamedExample>;
}

/** What was sent to an operation, and what it answered. */
export interface RecordedExample {
  /** The JSON body. */
  readonly request?: unknown;
  /** Status, content type, body. */
  readonly answers: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface Header {
  description?: string;
  required?: boolean;
  schema?: Schema;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header' | 'cookie';
  required?: boolean;
  description?: string;
  schema?: Schema;
  example?: unknown;
}

export interface Answer {
  $ref?: string;
  description?: string;
  headers?: Record<string, Header | { $ref: string }>;
  content?: Record<string, MediaType>;
}

export interface Operation {
  operationId?: string;
  summary?: string;
  description?: string;
  tags?: string[];
  security?: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { required?: boolean; description?: string; content: Record<string, MediaType> };
  responses: Record<string, Answer>;
  'x-errors'?: string[];
  'x-required-scope'?: string;
}

export const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;
export type Method = (typeof methods)[number];
type PathItem = Partial<Record<Method, Operation>>;

export interface ApiDocument {
  openapi: string;
  info: {
    title: string;
    version: string;
    description?: string;
    contact?: { name: string };
    license?: { name: string; identifier: string };
  };
  servers?: { url: string; description?: string; 'x-internal'?: boolean }[];
  tags?: { name: string; description?: string }[];
  paths: Record<string, PathItem>;
  components: {
    schemas?: Record<string, Schema>;
    responses?: Record<string, Answer>;
    headers?: Record<string, Header>;
    securitySchemes?: Record<string, unknown>;
  };
}

export interface LocatedOperation {
  readonly path: string;
  readonly method: Method;
  readonly operation: Operation;
}

/** Every operation with where it stands. */
export function operationsOf(document: ApiDocument): LocatedOperation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation ? [{ path, method, operation }] : [];
    }),
  );
}
