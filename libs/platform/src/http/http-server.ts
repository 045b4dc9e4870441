import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { ExpressAdapter } from '@nestjs/platform-express';
import { AppError, errorCatalogue, type ErrorCode, requestLimits } from '#contracts';
import { capConnections } from './connection-cap.ts';
import { envelopeOf } from './error-envelope.ts';

/** Longer than proxies and clients keep idle connections, 60 s as a rule: none is closed under a request that is on its way. */
const keepAliveMs = 65_000;

interface HttpServerBounds {
  readonly headersSeconds: number;
  readonly requestSeconds: number;
  readonly connections: number;
}

/** Express on a server with our bounds, which answers with the envelope even where no request could be read. */
export class HttpServer extends ExpressAdapter {
  constructor(private readonly bounds: HttpServerBounds) {
    super();
  }

  override initHttpServer(): void {
    const server = createServer(
      {
        maxHeaderSize: requestLimits.headerBytes,
        headersTimeout: this.bounds.headersSeconds * 1_000,
        requestTimeout: this.bounds.requestSeconds * 1_000,
        keepAliveTimeout: keepAliveMs,
        connectionsCheckingInterval: 1_000,
        // Node would answer without a body; ours does it with one.
        requireHostHeader: false,
      },
      this.getInstance<(request: IncomingMessage, response: ServerResponse) => void>(),
    );
    capConnections(server, this.bounds.connections);
    answerWhatIsNoRequest(server);
    this.httpServer = server;
  }
}

/** What Node would answer by itself with a bare status, or not at all. */
function answerWhatIsNoRequest(server: Server): void {
  server.on('clientError', (error: Error & { code?: string }, socket: Duplex) => {
    if (error.code === 'ECONNRESET' || !socket.writable || hasBegunAnswer(socket)) {
      socket.destroy();
      return;
    }
    refuse(socket, codeOfParserError[error.code ?? ''] ?? 'malformed_request');
  });
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => {
    // Without a listener a fault of this socket would end the process.
    socket.on('error', () => socket.destroy());
    refuse(socket, 'malformed_request');
  });
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    const error = new AppError('invalid', {
      errors: [{ loc: ['header', 'Expect'], msg: 'only 100-continue is understood', type: 'expectation' }],
    });
    const body = JSON.stringify(envelopeOf(error));
    const length = String(Buffer.byteLength(body));
    response.writeHead(400, { ...plainHeaders(), Connection: 'close', 'Content-Length': length });
    response.end(body);
    request.resume();
  });
}

const codeOfParserError: Readonly<Record<string, ErrorCode>> = {
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'headers_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
};

function refuse(socket: Duplex, code: ErrorCode): void {
  const { status } = errorCatalogue[code];
  const body = JSON.stringify(envelopeOf(new AppError(code)));
  const headers = { ...plainHeaders(), Connection: 'close', 'Content-Length': String(Buffer.byteLength(body)) };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${head.join('')}\r\n${body}`);
}

const plainHeaders = (): Record<string, string> => ({
  'Content-Type': 'application/json; charset=utf-8',
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'X-Request-Id': randomUUID(),
});

/** Node keeps the answer under way on its socket, and says so nowhere else. */
function hasBegunAnswer(socket: Duplex & { _httpMessage?: { headersSent?: boolean } | null }): boolean {
  return socket._httpMessage?.headersSent === true;
}
