import { request as httpRequest } from 'node:http';

import type { ApiAnswer, TestApi } from './api.ts';
import type { Envelope } from './project.ts';

const echoLimit = 200;

/** The canonical envelope of that status, and nothing beyond it. */
export function expectEnvelope(answer: ApiAnswer<unknown>, status: number, type: string): Envelope {
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status, body: { code: status, type } });
  const envelope = answer.body as Envelope;
  expect(Object.keys(envelope).filter((key) => !['code', 'detail', 'type', 'errors'].includes(key))).toEqual([]);
  expect(envelope.detail.length).toBeLessThanOrEqual(echoLimit);
  for (const { loc, msg, type: problem } of envelope.errors ?? []) {
    expect(msg.length).toBeLessThanOrEqual(echoLimit);
    expect(problem).toMatch(/^[a-z][a-z0-9_]*$/);
    for (const part of loc) expect(String(part).length).toBeLessThanOrEqual(echoLimit);
  }
  expect(answer.headers.get('content-type')).toContain('application/json');
  return envelope;
}

export const jsonType = { 'Content-Type': 'application/json' };

/** As `fetch`, but leaves path and headers as they are written. */
export function rawRequest(
  { baseUrl, api }: { readonly baseUrl: string; readonly api: TestApi },
  method: string,
  path: string,
  options: { readonly headers?: Record<string, string>; readonly body?: string } = {},
): Promise<ApiAnswer<unknown>> {
  const { hostname, port } = new URL(baseUrl);
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      {
        hostname,
        port,
        method,
        path,
        headers: { Authorization: `Bearer ${api.key}`, Connection: 'close', ...options.headers },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.once('end', () => {
          const headers = new Headers(
            Object.entries(response.headers).map(([name, value]): [string, string] => [name, String(value)]),
          );
          resolve({ status: response.statusCode ?? 0, headers, body: JSON.parse(text) as unknown });
        });
      },
    );
    sent.once('error', reject);
    sent.end(options.body);
  });
}
