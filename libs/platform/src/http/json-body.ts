import type { IncomingMessage, ServerResponse } from 'node:http';
import { json, type RequestHandler } from 'express';
import { AppError, requestLimits } from '#contracts';
import { countMembers } from './json-members.ts';

/** Reads a JSON body of bounded size and number of members. */
export function readJsonBody(): RequestHandler {
  const { jsonBodyBytes: limit } = requestLimits;
  const parse = json({ limit, strict: true, type: 'application/json', verify: refuseTooMany });
  return (request, response, next) => {
    parse(request, response, (error?: unknown) => {
      // The parser writes a status of its own on what `verify` throws, but not on its cause.
      next(error instanceof Error && error.cause instanceof AppError ? error.cause : error);
    });
  };
}

function refuseTooMany(_request: IncomingMessage, _response: ServerResponse, body: Buffer, encoding: string): void {
  // RFC 8259 knows no other; in UTF-16 a quote may be half of another letter, and nothing could be counted.
  if (encoding !== 'utf-8') throw refusal(new AppError('unsupported_media_type', { detail: 'Send JSON in UTF-8.' }));
  const { members } = requestLimits;
  if (countMembers(body, members) <= members) return;
  const msg = `has more than ${members} members and items in all`;
  throw refusal(new AppError('invalid', { errors: [{ loc: ['body'], msg, type: 'too_many' }] }));
}

const refusal = (cause: AppError): Error => new Error('the body is refused', { cause });
