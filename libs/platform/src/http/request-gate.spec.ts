import type { Request, Response } from 'express';
import { requestGate } from './request-gate.ts';

function answerTo(version: string | undefined, path = '/api/v1/me'): unknown {
  const next = jest.fn();
  const headers = { host: 'airt', 'x-client-version': version };
  requestGate('1.10.0')({ headers, httpVersion: '1.1', path, url: path } as unknown as Request, {} as Response, next);
  return (next.mock.calls[0] as unknown[])[0];
}

it.each(['1.9.9', 'v1.9.20', '0.99.99', '1.9.0-beta.1', '01.9.0'])('a client of version %s is too old', (version) => {
  expect(answerTo(version)).toMatchObject({ code: 'upgrade_required' });
  expect(answerTo(version, '/health/live')).toBeUndefined();
});

it.each(['1.10.0', '1.10.0-beta.1', '1.11.0', '2.0.0', 'v10.0.0', '1.9', 'new', '', undefined])(
  'a client that says %j is let pass',
  (version) => {
    expect(answerTo(version)).toBeUndefined();
  },
);
