/** What stands in the place of an answer: the target's own words, a content filter's, or an error on the way to it. */
export type AnswerKind = 'answer' | 'filter' | 'target_error';

/** Told from the text alone, by kinds and not by words: what a model writes about errors is an answer. */
export function kindOfAnswer(response: string): AnswerKind {
  const text = response.slice(0, longestRead).trim();
  if (isFilterBody(text)) return 'filter';
  return isTraceback(text) || isErrorText(text) || isErrorPage(text) ? 'target_error' : 'answer';
}

const longestRead = 20_000;
/** A body of an error is short; a longer text that begins like one is somebody's words. */
const longestBody = 4_000;
const longestSentence = 300;

const filterNames =
  /content_filter|content_policy_violation|ResponsibleAIPolicyViolation|content management policy|filtered by our content filter|guardrail_intervened|data_inspection_failed/i;
const filterSentence =
  /^(?:error: ?)?(?:the|your|this) (?:response|request|prompt|output|generated \w+) (?:was|has been|were) (?:filtered|blocked)/i;

/** The body that a content filter sends in place of an answer: an error by its form, which names the filter. */
function isFilterBody(text: string): boolean {
  if (text.length > longestBody || !filterNames.test(text)) return false;
  return (
    filterSentence.test(text) || isErrorBody(text) || isStatusLine(firstLine(text)) || isException(firstLine(text))
  );
}

const isErrorText = (text: string): boolean =>
  text.length <= longestBody &&
  (isErrorBody(text) || isStatusLine(firstLine(text)) || isException(firstLine(text)) || isConnectionTrouble(text));

const firstLine = (text: string): string => text.split(/\r?\n/, 1)[0]?.trim() ?? '';

/** How stacks begin in Python, Java, JavaScript, .NET, Go, Rust, Ruby and PHP. */
const stack = new RegExp(
  `^(?:${[
    /[ +|]*(?:Exception Group )?Traceback \(most recent call last\):\s*\n[ +|]*File "/,
    /Exception in thread "/,
    /\s+at \S.*\(.*:\d+(?::\d+)?\)/,
    /\s+at (?:async )?(?:file:\/\/|node:|\/|[A-Za-z]:\\)\S+:\d+:\d+\s*$/,
    /\s+at [\w.<>`]+\.[\w.<>`]+\([^()]*\)(?: in .+:line \d+)?\s*$/,
    /goroutine \d+ \[\w[\w ,]*\]:/,
    /thread '[^']*' (?:\(\d+\) )?panicked at /,
    /\S+\.rb:\d+:in [`'"]/,
    /(?:PHP )?Stack trace:\s*\n#0 /,
  ]
    .map(({ source }) => source)
    .join('|')})`,
  'm',
);
const linesAboveStack = 5;

/** A stack that opens the text, give or take the lines that name the exception; further down, or in a code block, the model speaks. */
function isTraceback(text: string): boolean {
  const opening = text.slice(0, longestBody);
  const found = stack.exec(opening);
  if (found === null) return false;
  const above = opening.slice(0, found.index);
  if (above.includes('```') || above.split('\n').length > linesAboveStack + 1) return false;
  return above.trim() === '' || above.split('\n').some((line) => namesException(line.trim()));
}

/** `ValueError('x')`, `httpx.ReadTimeout`, `java.lang.NullPointerException: …`, `panic: …`; not a sentence that leads over to one. */
function namesException(line: string): boolean {
  if (/^\[?(?:panic|fatal|error|exception|failed|failure|unhandled|uncaught)\b/i.test(line)) return true;
  if (/^[A-Z][\w']*(?: [a-z][\w']*){2}.*[:.]$/.test(line)) return false;
  return /\w*(?:Error|Exception|Timeout|Interrupt)\b/.test(line) || /^(?:\w+\.)*[A-Z]\w*\((?:['"].*)?\)$/.test(line);
}

const reasons =
  'bad request|unauthorized|payment required|forbidden|not found|method not allowed|not acceptable|request time-?out|conflict|gone|payload too large|request entity too large|unsupported media type|unprocessable (?:entity|content)|too many requests|internal server error|not implemented|bad gateway|service (?:temporarily )?unavailable|gateway time-?out|site is overloaded';
/** After a status or its reason the line ends, or goes on as a message does; prose goes on in words. */
const ends = String.raw`\s*(?:$|[:\](){}\[<"'–—-]|\.\s*$)`;
const statusLine = new RegExp(
  [
    String.raw`^\[?(?:[a-z]+ ){0,2}error(?: code| status)?:?\s*\(?[45]\d\d\)?(?:\s+(?:${reasons}))?${ends}`,
    String.raw`^(?:client|server) error '[45]\d\d\b`,
    String.raw`^(?:HTTP\/\d(?:\.\d)? )?[45]\d\d (?:${reasons})${ends}`,
    String.raw`^HTTP (?:error |status )?[45]\d\d(?: (?:${reasons}))?${ends}`,
    String.raw`^(?:the )?(?:upstream )?(?:request|connection|operation) (?:has )?tim(?:ed |e)out(?: after [\d.]+ ?\w+)?\.?$`,
  ].join('|'),
  'i',
);

const isStatusLine = (line: string): boolean => statusLine.test(line);

/** A class in camel case that is called as exceptions are, then its message: `ConnectionError: …`, `httpx.ReadTimeout('')`. */
const isException = (line: string): boolean =>
  /^(?:[a-z_]\w*\.)*[A-Z][a-z0-9]*(?:[A-Z]\w*)?(?:Error|Exception|Timeout|Disconnected|Interrupt)\s*(?::\s|\()/.test(
    line,
  );

/** The JSON (or, of a Python client, its literal) that gateways and APIs answer with in place of a model. */
function isErrorBody(text: string): boolean {
  const opening = text[0];
  if (opening !== '{' && opening !== '[') return false;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return (
      /^\{\s*'error'\s*:\s*\{.*'(?:code|type|status)'\s*:/s.test(text) ||
      /^\{\s*'status_?code'\s*:\s*'?[45]\d\d\b/i.test(text)
    );
  }
  const record: unknown = Array.isArray(body) && body.length === 1 ? (body as unknown[])[0] : body;
  if (typeof record !== 'object' || record === null || Array.isArray(record)) return false;
  const { status_code, statusCode, status, error } = record as Readonly<Record<string, unknown>>;
  if ([status_code, statusCode, status].some(isErrorStatus)) return true;
  return typeof error === 'object' && error !== null && ['code', 'type', 'status'].some((member) => member in error);
}

const isErrorStatus = (value: unknown): boolean => {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  return typeof status === 'number' && status >= 400 && status <= 599;
};

/** An HTML page of a proxy, whose title begins with the status or ends in it. */
const isErrorPage = (text: string): boolean =>
  /^<(?:!doctype html|html|head)\b/i.test(text) &&
  new RegExp(String.raw`<title>\s*(?:[45]\d\d\b|[^<]*\|\s*[45]\d\d:)`, 'i').test(text);

const isConnectionTrouble = (text: string): boolean =>
  text.length <= longestSentence &&
  (/^(?:fetch failed|socket hang up|no healthy upstream)\.?$/i.test(text) ||
    (/^(?:error|fetch failed|socket hang up|upstream|timeout of|connect)\b/i.test(text) &&
      /ECONNREFUSED|ECONNRESET|ECONNABORTED|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EPIPE|max retries exceeded|connection (?:reset|refused|aborted|failure|timeout)|reset before headers|(?:timed out|exceeded) after|timeout of \d+ ?ms exceeded/i.test(
        text,
      )));
