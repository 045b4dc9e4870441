import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import { basename } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';

import { ApiFailure } from './api-failure.ts';
import type { Api } from './api.ts';

/** Answer of an import; further counts may follow and are kept as they come. */
export interface ImportOutcome {
  readonly id: string;
  readonly status: string;
  readonly format: string;
  readonly sha256: string;
  readonly rows_read: number;
  readonly attack_runs: number;
  readonly trials: number;
  readonly succeeded: number;
  readonly resisted: number;
  readonly not_assessed: number;
  readonly folded: number;
  readonly skipped: number;
  readonly warnings: readonly string[];
  readonly [more: string]: unknown;
}

export interface ImportProgress {
  readonly bytesSent: number;
  readonly bytes: number;
  /** Rows that the service has read so far. */
  readonly rowsRead: number;
}

interface ServerProgress {
  readonly rows_read?: number | null;
}

/** Sends a file of any size as the body of one request; `unchanged` if the project held it already. */
export async function importFile(
  api: Api,
  project: string,
  path: string,
  onProgress: (progress: ImportProgress) => void,
  signal: AbortSignal,
): Promise<{ readonly outcome: ImportOutcome; readonly unchanged: boolean }> {
  const { size } = await stat(path);
  const importId = randomUUID();
  // No name of our own: it would count as another option, and the same bytes under another name as another import.
  const target = `${api.project(project)}/imports?import_id=${importId}`;
  const progress = { bytesSent: 0, bytes: size, rowsRead: 0 };

  const watching = new AbortController();
  const sending = send(api, target, path, size, signal, (bytesSent) => {
    progress.bytesSent = bytesSent;
    onProgress(progress);
  });
  const watched = watchRows(api, `${api.project(project)}/imports/${importId}`, watching.signal, (rows) => {
    progress.rowsRead = rows;
    onProgress(progress);
  });
  try {
    const response = await sending;
    const body = await text(response);
    const status = response.statusCode ?? 0;
    if (status !== 200 && status !== 201) throw new ApiFailure(`POST ${target}`, status, body);
    return { outcome: JSON.parse(body) as ImportOutcome, unchanged: status === 200 };
  } finally {
    watching.abort();
    await watched;
  }
}

/** By node:http, not fetch: fetch gives up when an answer takes five minutes. */
function send(
  api: Api,
  target: string,
  path: string,
  size: number,
  signal: AbortSignal,
  onSent: (bytes: number) => void,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const file = createReadStream(path);
    const post = request(`${api.baseUrl}${target}`, {
      method: 'POST',
      signal,
      headers: {
        Authorization: api.authorization,
        'Content-Type': 'application/octet-stream',
        'Content-Length': size,
        'X-File-Name': encodeURIComponent(basename(path)),
      },
    });
    post.once('response', (response) => {
      // A refusal may come before the file is sent whole.
      file.destroy();
      response.once('close', () => {
        post.destroy();
      });
      resolve(response);
    });
    post.on('error', reject);
    file.once('error', (error) => {
      post.destroy(error);
    });
    let sent = 0;
    file.on('data', (chunk) => {
      sent += chunk.length;
      onSent(sent);
    });
    file.pipe(post);
  });
}

/** Asks now and then how far the service is; silent about failures, since the import itself reports them. */
async function watchRows(api: Api, path: string, signal: AbortSignal, onRows: (rows: number) => void): Promise<void> {
  try {
    for (;;) {
      await pause(250, undefined, { signal });
      const rows = await rowsRead(api, path, signal);
      if (rows !== undefined) onRows(rows);
    }
  } catch {
    // The import has ended, or the service has: the request that carries the file says which.
  }
}

async function rowsRead(api: Api, path: string, signal: AbortSignal): Promise<number | undefined> {
  try {
    const { body } = await api.get<ServerProgress>(path, signal);
    return body.rows_read ?? undefined;
  } catch (error) {
    // Not known yet.
    if (error instanceof ApiFailure) return undefined;
    throw error;
  }
}
