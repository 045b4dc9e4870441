import * as http from 'node:http';
import * as https from 'node:https';

/** What one request to the store may take; `S3_IDLE_SECONDS` is the time without a byte in either direction. */
const connectMs = 5_000;
const totalMs = 60_000;
/** A body, either way, adds the time that it takes at this rate: a store that trickles is ended as one that hangs. */
const leastBytesPerSecond = 64 * 1024;

/** Ours alone, so that its connections know these limits; an idle one is closed before a store that vanished is asked by it. */
export const storeAgent = (secure: boolean): http.Agent =>
  new (secure ? https : http).Agent({ keepAlive: true, timeout: connectMs });

/** The MinIO client sets no limit of its own. Requests through this end by themselves, and with the signal. */
export function storeTransport(secure: boolean, idleMs: number, signal?: AbortSignal): Pick<typeof http, 'request'> {
  const send = (options: https.RequestOptions, answered: (response: http.IncomingMessage) => void) => {
    const begun = performance.now();
    let response: http.IncomingMessage | null = null;
    const request = (secure ? https : http).request(options, (incoming) => {
      response = incoming;
      limit(lengthOf(incoming.headers));
      answered(incoming);
    });
    const end = (error: Error): void => {
      (response ?? request).destroy(error);
    };
    const abort = (): void => {
      const reason: unknown = signal?.reason;
      end(reason instanceof Error ? reason : new Error('the request to the store was given up'));
    };
    let timer: NodeJS.Timeout | undefined;
    let bytes = 0;
    const limit = (more: number): void => {
      clearTimeout(timer);
      bytes += more;
      const allowedMs = totalMs + (bytes / leastBytesPerSecond) * 1_000;
      timer = setTimeout(
        () => {
          end(new StoreTimeout('the request took longer than it may'));
        },
        begun + allowedMs - performance.now(),
      );
    };
    limit(lengthOf(options.headers ?? {}));
    request.setTimeout(idleMs, () => {
      end(new StoreTimeout('no byte came or went for too long'));
    });
    signal?.addEventListener('abort', abort, { once: true });
    request.once('close', () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    });
    if (signal?.aborted) abort();
    return request;
  };
  return { request: send as typeof http.request };
}

/** Known by its code, as the system's own timeouts are. */
class StoreTimeout extends Error {
  override readonly name = 'StoreTimeout';
  readonly code = 'ETIMEDOUT';
}

function lengthOf(headers: Readonly<Record<string, unknown>> | readonly string[]): number {
  const found = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-length');
  return Number(found?.[1] ?? 0) || 0;
}
