/**
 * The error catalogue: every non-2xx answer is one of these, in the canonical envelope `{ code, detail, type, errors? }`.
 * `detail` is safe to show: no SQL, stack, path, key or input of the caller.
 */
interface ErrorDefinition {
  readonly status: number;
  /** Stable machine-readable `type` of the envelope. */
  readonly type: string;
  readonly detail: string;
  readonly remedy: string;
  /** Whether the same request may succeed later, unchanged. */
  readonly retryable: boolean;
}

const define = (status: number, type: string, detail: string, remedy: string, retryable = false): ErrorDefinition => ({
  status,
  type,
  detail,
  remedy,
  retryable,
});

export const errorCatalogue = {
  invalid: define(400, 'invalid_error', 'The request is invalid.', 'Mend the fields that `errors` locates.'),
  invalid_import: define(
    400,
    'invalid_error',
    'The file could not be imported; nothing of it was kept.',
    'Mend the line that `errors` locates and send the whole file again.',
  ),
  malformed_json: define(400, 'invalid_error', 'The request body is not valid JSON.', 'Send well-formed JSON.'),
  malformed_request: define(
    400,
    'invalid_error',
    'The request is not well-formed HTTP.',
    'Send an HTTP/1.1 request; the connection was closed.',
  ),
  unsupported_component: define(
    400,
    'unsupported_component_error',
    'A component of the template cannot be built.',
    'Take the component that `errors` locates out of the template.',
  ),
  authentication: define(
    401,
    'authentication_error',
    'Authentication failed',
    'Send `Authorization: Bearer <API key>` with a valid key.',
  ),
  expired_token: define(401, 'expired_token_error', 'The API key has expired.', 'Use a key that has not expired.'),
  forbidden: define(403, 'forbidden_error', 'The API key lacks the scope for this.', 'Use a key with the scope named.'),
  not_found: define(
    404,
    'not_found_error',
    'Not found.',
    'Check the path; what belongs to another organization is not found either.',
  ),
  method_not_allowed: define(
    405,
    'method_not_allowed_error',
    'The path does not take this method.',
    'Use a method that the `Allow` header names.',
  ),
  request_timeout: define(
    408,
    'request_timeout_error',
    'The request did not arrive in time.',
    'Send it again, faster; the connection was closed.',
    true,
  ),
  already_exists: define(409, 'already_exists_error', 'Already exists.', 'Use the one that is there, or another name.'),
  conflict: define(
    409,
    'conflict_error',
    'The state of the resource does not allow this.',
    'Read the resource; what may be done depends on its state.',
  ),
  template_limit_exceeded: define(
    409,
    'template_limit_exceeded_error',
    'The project has as many templates as it may have.',
    'Delete a template that nobody needs.',
  ),
  idempotency_key_reused: define(
    409,
    'idempotency_key_reused_error',
    'This Idempotency-Key was used for another request.',
    'Use a new key for a new request.',
  ),
  idempotency_in_progress: define(
    409,
    'idempotency_in_progress_error',
    'The first request with this Idempotency-Key is still running.',
    'Repeat the request after the time in `Retry-After`.',
    true,
  ),
  feed_cursor_lost: define(
    410,
    'cursor_lost_error',
    'The feed would pass over events after this cursor.',
    'Begin again without a cursor: the feed has the events of 30 days, and their ids tell which you know.',
  ),
  payload_too_large: define(
    413,
    'payload_too_large_error',
    'The request body is too large.',
    'Send less at once; `docs/limits.md` has the sizes.',
  ),
  unsupported_media_type: define(
    415,
    'unsupported_media_type_error',
    'The content type is not supported here.',
    'Send one of the content types that the OpenAPI document names.',
  ),
  /** The one entry whose body is not the envelope: the answer is `{ empty_sections }`, as documented. */
  empty_sections: define(
    422,
    'empty_sections',
    'One or more selected report sections have no data.',
    'Deselect the listed sections or widen the filters; POST …/reports/preflight names them beforehand.',
  ),
  upgrade_required: define(
    426,
    'upgrade_required_error',
    'This client version is no longer served.',
    'Upgrade the client that `X-Client-Version` names.',
  ),
  rate_limited: define(
    429,
    'rate_limit_error',
    'Too many requests.',
    'Wait for `Retry-After`; `RateLimit` on every answer says what is left.',
    true,
  ),
  preview_busy: define(429, 'rate_limit_error', 'Another preview is being rendered.', 'Wait for `Retry-After`.', true),
  builds_in_flight: define(
    429,
    'rate_limit_error',
    'The organization has as many builds under way as it may have.',
    'Wait for `Retry-After`, or cancel a build.',
    true,
  ),
  exports_under_way: define(
    429,
    'rate_limit_error',
    'As many exports are under way as may be at once.',
    'Wait for `Retry-After`, and read exports that were begun to their end.',
    true,
  ),
  pictures_waiting: define(
    429,
    'rate_limit_error',
    'As many pictures wait to be opened as may at once.',
    'Wait for `Retry-After`, and send pictures one after the other.',
    true,
  ),
  imports_under_way: define(
    429,
    'rate_limit_error',
    'As many imports are under way as may be at once.',
    'Wait for `Retry-After`, and send one file after the other.',
    true,
  ),
  headers_too_large: define(
    431,
    'headers_too_large_error',
    'The request line and headers are too large.',
    'Send a shorter URL and fewer headers; `docs/limits.md` has the size.',
  ),
  unexpected: define(500, 'app_error', 'Something went wrong on our side.', 'Report the `X-Request-Id`.', true),
  storage: define(502, 'storage_error', 'The object store refused the request.', 'Repeat the request later.', true),
  identity_provider: define(
    502,
    'identity_provider_error',
    'The identity provider could not be asked whether the token is good.',
    'Repeat the request later with the same token, or use an API key.',
    true,
  ),
  queue: define(502, 'queue_error', 'The queue refused the request.', 'Repeat the request later.', true),
  database: define(503, 'database_error', 'The database is not available.', 'Repeat after `Retry-After`.', true),
  storage_timeout: define(504, 'storage_timeout_error', 'The object store timed out.', 'Repeat later.', true),
  preview_timeout: define(
    504,
    'render_timeout_error',
    'The preview took longer than it may.',
    'Narrow the filters, select fewer sections, or build the report.',
    true,
  ),
  import_timeout: define(
    504,
    'import_timeout_error',
    'A step of the import took longer than it may; nothing of the file was kept.',
    'Divide the file, or raise `IMPORT_STATEMENT_SECONDS`.',
    true,
  ),
  no_space: define(
    503,
    'no_space_error',
    'The service has no space left for uploads; nothing of the file was kept.',
    'Ask whoever runs it to free space in its data folder; then send the file again.',
    true,
  ),
  queue_timeout: define(504, 'queue_timeout_error', 'The queue timed out.', 'Repeat the request later.', true),
} as const satisfies Record<string, ErrorDefinition>;

export type ErrorCode = keyof typeof errorCatalogue;

/** One fault of a request, with where it stands: `["body", "preset", "sections", 0]`, `["line", 7, "goal"]`. */
export interface Problem {
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly type: string;
}

interface ErrorContext {
  /** Replaces the catalogue's sentence; must be as safe to show. */
  readonly detail?: string;
  readonly errors?: readonly Problem[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error of the catalogue. `cause` goes to the log, never into the answer. */
export class AppError extends Error {
  override readonly name: string = 'AppError';

  constructor(
    readonly code: ErrorCode,
    readonly context: ErrorContext = {},
    options?: ErrorOptions,
  ) {
    super(context.detail ?? errorCatalogue[code].detail, options);
  }
}

/** Some selected sections have no rows; the answer lists all of them at once. */
export class EmptySections extends AppError {
  override readonly name = 'EmptySections';

  constructor(readonly emptySections: readonly EmptySection[]) {
    super('empty_sections');
  }
}

/** A section of the plan without rows. `key` is null for a section that no preset made. */
export interface EmptySection {
  readonly key: string | null;
  readonly title: string;
}
