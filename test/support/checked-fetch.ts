import { conformanceOf, type Exchange } from './conformance.ts';

/** Sends a request. An answer that the OpenAPI document does not describe fails the test. */
export async function checkedFetch(request: Request): Promise<Response> {
  const { method, url } = request;
  const sentBody = request.body !== null;
  const response = await fetch(request);
  const { origin, pathname, search } = new URL(url);
  const { status, headers } = response;
  // Of a copy: the caller reads the body as it likes.
  const text = await response.clone().text();
  const exchange = { method, path: `${pathname}${search}`, sentBody, status, headers, text };
  const faults = (await conformanceOf(origin)).faults(exchange);
  if (faults.length > 0) throw new Undocumented(exchange, faults);
  return response;
}

/** An answer outside the document: the service or the document is wrong. */
class Undocumented extends Error {
  constructor(exchange: Exchange, faults: readonly string[]) {
    const { method, path, status, text } = exchange;
    super(
      `${method} ${path} answered ${status} outside the OpenAPI document:\n- ${faults.slice(0, 12).join('\n- ')}\n${text.slice(0, 600)}`,
    );
  }
}
