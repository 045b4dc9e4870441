import type { Readable } from 'node:stream';
import busboy from 'busboy';
import type { Request } from 'express';
import { AppError } from '#contracts';

export interface Upload {
  readonly file: Readable;
  readonly fileName: string | null;
}

const rawTypes = [
  'application/x-ndjson',
  'application/json',
  'application/jsonl',
  'text/csv',
  'text/plain',
  'application/octet-stream',
];

/** The file of a request: the body itself, or the first file part of a multipart form. Nothing is buffered. */
export async function openUpload(request: Request): Promise<Upload> {
  const type =
    (request.headers['content-type'] ?? 'application/octet-stream').split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'multipart/form-data') return firstFile(request);
  if (!rawTypes.includes(type)) {
    throw new AppError('unsupported_media_type', {
      detail: `Send the file as ${rawTypes.join(', ')} or multipart/form-data.`,
    });
  }
  return { file: request, fileName: safeName(request.headers['x-file-name']) };
}

function firstFile(request: Request): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const refuse = (): void => {
      reject(
        new AppError('invalid', {
          errors: [{ loc: ['body', 'file'], msg: 'the form holds no file part', type: 'missing' }],
        }),
      );
    };
    let parser: ReturnType<typeof busboy>;
    try {
      parser = busboy({ headers: request.headers, limits: { files: 1, fields: 20, parts: 30 } });
    } catch {
      refuse();
      return;
    }
    parser.once('file', (_field, file, info) => {
      // A form cut off in the middle ends the part with an error, not as if it were whole.
      request.once('aborted', () => file.destroy(new Error('the upload was cut off')));
      parser.on('error', (error: Error) => file.destroy(error));
      resolve({ file, fileName: safeName(info.filename) });
    });
    parser.once('error', refuse);
    parser.once('close', refuse);
    request.pipe(parser);
  });
}

/** Base name of at most 200 characters without control characters: it is printed in the report as the source. */
function safeName(name: string | string[] | undefined): string | null {
  if (typeof name !== 'string') return null;
  let decoded = name;
  try {
    decoded = decodeURIComponent(name);
  } catch {
    // A name that is not percent-encoded is taken as it stands.
  }
  const base =
    decoded
      .split(/[\\/]/)
      .at(-1)
      ?.replace(/[\p{Cc}\p{Cs}]/gu, '') ?? '';
  return base === '' ? null : base.slice(0, 200);
}
