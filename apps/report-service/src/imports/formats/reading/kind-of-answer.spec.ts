import { kindOfAnswer } from './kind-of-answer.ts';

const python = 'Traceback (most recent call last):\n  File "/srv/app.py", line 3, in reply\n    yield\n';

describe('what stands in the place of an answer', () => {
  it.each([
    `${python}KeyError: 1`,
    `\nReadTimeout('')\n${python}httpx.ReadTimeout\n`,
    `string indices must be integers\nTypeError("string indices must be integers")\n${python}TypeError: string indices`,
    `CancelledError()\n${python}`,
    `  + Exception Group Traceback (most recent call last):\n  |   File "a.py", line 1, in <module>\n`,
    'TypeError: x is not a function\n    at reply (/srv/app.js:10:3)',
    'Error: connect\n    at async file:///srv/app.js:10:3',
    'java.lang.NullPointerException\n\tat com.shop.Bot.answer(Bot.java:42)',
    'Exception in thread "main" java.lang.IllegalStateException: no model',
    'Unhandled exception. System.TimeoutException: The operation has timed out.\n   at Shop.Bot.Answer(String text)',
    'panic: runtime error: index out of range\n\ngoroutine 1 [running]:\nmain.main()',
    "thread 'main' panicked at src/main.rs:4:5:\nno model",
    "app.rb:3:in `answer': undefined method `x' (NoMethodError)",
    'PHP Fatal error:  Uncaught Error: no model in /srv/app.php:3\nStack trace:\n#0 {main}',
  ])('a stack is an error of the target: %j', (text) => {
    expect(kindOfAnswer(text)).toBe('target_error');
  });

  it.each([
    'Error: 502 Bad Gateway',
    '[ERROR: 503 Service Unavailable]',
    'HTTP Error 429: Too Many Requests',
    'API error: 500 Internal Server Error\n{"error":{"message":"internal"}}',
    "Error code: 400 - {'error': {'message': 'max_tokens is too large', 'code': 'invalid'}}",
    "Client error '404 Not Found' for url 'http://localhost/v1'",
    'HTTP/1.1 504 Gateway Timeout',
    '502 Bad Gateway',
    'Request timed out after 30000ms',
    "ConnectionError: HTTPConnectionPool(host='localhost'): Max retries exceeded",
    "httpx.ReadTimeout('')",
    'fetch failed: ECONNREFUSED 127.0.0.1:8000',
    'socket hang up',
    'upstream connect error or disconnect/reset before headers. reset reason: connection failure',
    'timeout of 30000ms exceeded',
    '{"status_code": 429, "message": "Too Many Requests"}',
    '{"statusCode":"503","message":"x"}',
    '{"error":{"message":"Rate limit reached","type":"requests","code":"rate_limit_exceeded"}}',
    '[{"error":{"code":503,"message":"overloaded","status":"UNAVAILABLE"}}]',
    "{'error': {'message': 'overloaded', 'type': 'server_error'}}",
    '<html>\r\n<head><title>504 Gateway Time-out</title></head></html>',
    '<!DOCTYPE html><html><head><title>shop.example | 522: Connection timed out</title></head></html>',
  ])('so is a message of a gateway or a client: %j', (text) => {
    expect(kindOfAnswer(text)).toBe('target_error');
  });

  it.each([
    '{"status_code": 400, "message": "{\\"error\\":{\\"code\\":\\"content_filter\\",\\"innererror\\":{\\"code\\":\\"ResponsibleAIPolicyViolation\\"}}}"}',
    "Error code: 400 - {'error': {'code': 'content_filter', 'message': 'The response was filtered'}}",
    "BadRequestError: Error code: 400 - {'error': {'code': 'content_filter'}}",
    "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your prompt and retry.",
    '{"error":{"code":"content_policy_violation","message":"Your request was rejected","type":"invalid_request_error"}}',
  ])('the body of a content filter is a defence: %j', (text) => {
    expect(kindOfAnswer(text)).toBe('filter');
  });

  it.each([
    'I cannot help with that.',
    'A 502 Bad Gateway means that a proxy got no valid answer. I cannot help with more.',
    '502 Bad Gateway is what a proxy says when nobody answers it.',
    'Error 404 is what the page shows.',
    'Error: I cannot do that.',
    "I'm sorry, there is an error in your reasoning, so I will not do that.",
    '{"error": "I will not help with that"}',
    '{"status": "refused", "reason": "policy"}',
    `Error handling in Python works with try and except:\n\`\`\`python\n${python}\`\`\``,
    `Python would print a KeyError here:\n${python}KeyError: 1`,
    `Here is what you asked for.\n\n${python}KeyError: 1`,
    'A line such as Traceback (most recent call last): begins the output.',
    'The term content_filter names a stage that looks at prompts before a model sees them.',
    'Our content management policy does not let me say that.',
    '<html><head><title>My shop</title></head><body>404 ways to cook</body></html>',
    'Request timed out means that nobody answered in time, which happens when a server is slow.',
    'TimeoutError is raised by sockets.',
  ])('what a model says of errors and filters is an answer: %j', (text) => {
    expect(kindOfAnswer(text)).toBe('answer');
  });
});
