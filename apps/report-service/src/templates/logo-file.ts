import busboy from 'busboy';
import { ApiProperty } from '@nestjs/swagger';
import type { Request } from 'express';
import { AppError } from '#contracts';

/** 2 MB, as documented. */
const largest = 2 * 1024 * 1024;

export class LogoForm {
  /** A PNG of at most 2 MB. */
  @ApiProperty({ type: 'string', format: 'binary' })
  file!: unknown;
}

/** The part `file` of a multipart form. Throws `unsupported_media_type`, `payload_too_large`, or `invalid` without one. */
export async function readLogoFile(request: Request): Promise<Uint8Array> {
  if (!request.is('multipart/form-data')) {
    throw new AppError('unsupported_media_type', { detail: 'Send the file as multipart/form-data.' });
  }
  return new Promise((resolve, reject) => {
    const refuse = (msg: string, type: string): void => {
      reject(new AppError('invalid', { errors: [{ loc: ['body', 'file'], msg, type }] }));
    };
    // The parser calls a file too large as soon as it is as large as that.
    let parser: ReturnType<typeof busboy>;
    try {
      parser = busboy({
        headers: request.headers,
        limits: { files: 5, fileSize: largest + 1, fields: 20, fieldSize: 1024, parts: 25 },
      });
    } catch {
      refuse('the form has no boundary', 'form');
      return;
    }
    let found = false;
    parser.on('file', (field, file) => {
      if (field !== 'file' || found) {
        file.resume();
        return;
      }
      found = true;
      const chunks: Buffer[] = [];
      file.on('data', (chunk: Buffer) => chunks.push(chunk));
      file.once('limit', () => {
        reject(new AppError('payload_too_large', { detail: `The file is larger than ${largest} bytes.` }));
      });
      file.once('end', () => {
        resolve(Buffer.concat(chunks));
      });
      file.once('error', () => {
        refuse('the form broke off', 'form');
      });
    });
    parser.once('error', () => {
      refuse('the form is broken', 'form');
    });
    parser.once('close', () => {
      refuse('the form has no part "file"', 'missing');
    });
    request.once('aborted', () => parser.destroy(new Error('the upload was cut off')));
    request.pipe(parser);
  });
}
