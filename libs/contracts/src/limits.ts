/** Bounds of every request, in one place: enforced by libs/platform/src/http, told in docs/limits.md. */
export const requestLimits = {
  /** Largest JSON body, bytes; files to import are streamed and have a limit of their own. */
  jsonBodyBytes: 1024 ** 2,
  /** Request line and headers together, bytes. */
  headerBytes: 16 * 1024,
  /** Levels of a body or query, one in the other. No request of ours comes near it. */
  nesting: 20,
  /** Members of one object of a body, before anything looks at them: what fills the DTOs takes the square of their number. */
  objectMembers: 1_000,
  /** Items of one list of a body. */
  listItems: 1_000,
  /** Members and items of a whole body. */
  members: 20_000,
  /** Parameters of a query, repeats counted. */
  queryParameters: 100,
  /** Faults told in one answer. */
  faultsTold: 50,
  /** Characters of what the caller sent that an answer may repeat. */
  echoedCharacters: 200,
  /** Seconds for the whole request: a file may take hours over a slow line. */
  requestSeconds: 6 * 60 * 60,
  /** Seconds for the body of a picture. */
  pictureSeconds: 120,
  /** Seconds for which an upload may be silent. */
  uploadIdleSeconds: 120,
  /** Bytes of a body that are still received from somebody unknown who was refused, in so many seconds. */
  refusedBodyBytes: 1024 ** 2,
  refusedBodySeconds: 2,
  /** Seconds for which a browser may keep the answer to a preflight. */
  preflightSeconds: 600,
} as const;
