import type { RecordedExample } from '../../apps/report-service/src/open-api/document.ts';
import { type Conformance, pointerTo } from '../support/conformance.ts';
import type { HttpExchange } from '../support/http-file.ts';
import { conceal } from './conceal.ts';
import { shorten } from './shorten.ts';

/** Lines of NDJSON that tell its form. */
const linesKept = 3;

/** The one refusal with a body of its own. */
const emptySections = 422;

type Draft = { -readonly [Part in keyof RecordedExample]: RecordedExample[Part] };

/** The first request and the first answer of each status by operation, sorted, as they can be published. */
export function recordExamples(
  exchanges: readonly HttpExchange[],
  conformance: Conformance,
  baseUrl: string,
): Readonly<Record<string, RecordedExample>> {
  const drafts = new Map<string, Draft>();
  for (const exchange of exchanges) {
    const { method, url, status, sent } = exchange;
    const located = conformance.operationOf(method, new URL(url).pathname);
    if (!located) throw new Error(`${method} ${url} is no operation of the document.`);
    if (status > 299 && status !== emptySections)
      throw new Error(`${method} ${url} answered ${status}: ${exchange.text}`);
    const { path, operation } = located;
    const draft = drafts.get(operation.operationId ?? '') ?? { answers: {} };
    drafts.set(operation.operationId ?? '', draft);

    const request = operation.requestBody?.content['application/json'];
    // Bodies that a controller gives examples of keep those; they would stand here unread.
    if (request !== undefined && request.examples === undefined && sent?.type === 'application/json') {
      draft.request ??= conceal(JSON.parse(sent.bytes.toString()), baseUrl);
    }
    const type = exchange.headers.get('content-type')?.split(';')[0]?.trim() ?? '';
    if (draft.answers[status] !== undefined) continue;
    if (type === 'application/json') {
      const pointer = pointerTo('paths', path, located.method, 'responses', String(status), 'content', type, 'schema');
      const isValid = (body: unknown): boolean => conformance.schemaFaults(pointer, body).length === 0;
      const body = shorten(conceal(JSON.parse(exchange.text), baseUrl), isValid);
      draft.answers = { ...draft.answers, [status]: { [type]: body } };
    } else if (type === 'application/x-ndjson') {
      const lines = exchange.text.split('\n').slice(0, linesKept);
      draft.answers = { ...draft.answers, [status]: { [type]: `${lines.join('\n')}\n` } };
    }
  }
  const told = [...drafts].filter(
    ([, { request, answers }]) => request !== undefined || Object.keys(answers).length > 0,
  );
  return Object.fromEntries(told.sort(([a], [b]) => (a < b ? -1 : 1)));
}
