import { mkdir, readdir, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { join, resolve } from 'node:path';

import { readSecretFile, writeSecretFile } from '#files';

import { freePort } from './free-port.ts';
import { refuseProduction } from './refuse-production.ts';
import { refusalOf, type S3Key, type S3Refusal } from './s3-signature.ts';
import { randomSecret } from './random-secret.ts';

export interface EmbeddedObjectStore {
  /** `http://127.0.0.1:port` */
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly region: 'us-east-1';
  readonly bucket: string;
  stop(): Promise<void>;
}

interface StoreCredentials {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly port: number | null;
}

const region = 'us-east-1';

/**
 * An S3-compatible server on loopback inside this process, its objects and its random key pair in `objects/` of the
 * data folder. A guard before it lets only validly signed, unexpired requests through.
 */
export async function startEmbeddedObjectStore(options: {
  readonly dataDir: string;
  /** A fixed port; by default the last one if free, else any free one. */
  readonly port?: number | undefined;
  readonly bucket: string;
}): Promise<EmbeddedObjectStore> {
  refuseProduction('object store');
  const home = join(resolve(options.dataDir), 'objects');
  const directory = join(home, 'buckets');
  await mkdir(resolve(options.dataDir), { recursive: true });
  await mkdir(home, { recursive: true, mode: 0o700 });
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await dropAbandonedUploads(directory);

  const credentialsPath = join(home, 'credentials.json');
  // Our own file, mode 0600: nobody else writes it.
  const known = (await readSecretFile(credentialsPath)) as StoreCredentials | undefined;
  const { accessKey, secretKey, port } = known ?? {
    accessKey: randomSecret(10),
    secretKey: randomSecret(),
    port: null,
  };

  const handler = await s3Handler(directory, options.bucket, { accessKey, secretKey });
  const key = { accessKey, secretKey, region };
  const server = createServer((request, response) => {
    guard(request, response, key, handler);
  });
  // A large object on a slow disk may take its time; who may send at all is decided by the signature.
  server.requestTimeout = 0;
  const listening = await listen(server, options.port ?? (await freePort(port ?? undefined)));
  await writeSecretFile(credentialsPath, { accessKey, secretKey, port: listening } satisfies StoreCredentials);

  return {
    endpoint: `http://127.0.0.1:${listening}`,
    accessKey,
    secretKey,
    region,
    bucket: options.bucket,
    stop: () => close(server),
  };
}

function guard(request: IncomingMessage, response: ServerResponse, key: S3Key, handler: RequestListener): void {
  const { method = 'GET', url = '/', headers } = request;
  const refusal = refusalOf({ method, url, headers }, key, new Date()) ?? shapeRefusal(url);
  if (refusal !== undefined) {
    refuse(request, response, refusal);
    return;
  }
  const query = new URL(url, 'http://store').searchParams;
  if (method === 'GET' && query.has('uploads')) {
    // The handler behind cannot list uploads, and a client asks for them before each multipart upload of its own.
    answer(response, 200, '<ListMultipartUploadsResult><IsTruncated>false</IsTruncated></ListMultipartUploadsResult>');
    return;
  }
  handler(request, response);
}

/** The handler behind uses these as names of files. */
function shapeRefusal(url: string): S3Refusal | undefined {
  const query = new URL(url, 'http://store').searchParams;
  const upload = query.get('uploadId');
  const part = query.get('partNumber');
  if ((upload === null || /^[0-9a-f]{32}$/.test(upload)) && (part === null || /^\d{1,5}$/.test(part))) return undefined;
  return { status: 400, code: 'InvalidArgument', message: 'No such upload or part.' };
}

function refuse(request: IncomingMessage, response: ServerResponse, refusal: S3Refusal): void {
  // The body is not read: the connection cannot be used again.
  response.setHeader('Connection', 'close');
  const { status, code, message } = refusal;
  answer(response, status, `<Error><Code>${code}</Code><Message>${message}</Message></Error>`);
  request.resume();
}

function answer(response: ServerResponse, status: number, xml: string): void {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n${xml}`;
  response.writeHead(status, { 'Content-Type': 'application/xml', 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}

async function s3Handler(
  directory: string,
  bucket: string,
  key: { readonly accessKey: string; readonly secretKey: string },
): Promise<RequestListener> {
  // Loaded on demand: a development dependency, absent from the production image.
  const [{ default: S3rver }, { default: accounts }] = await Promise.all([
    import('@20minutes/s3rver'),
    import('@20minutes/s3rver/lib/models/account.js'),
  ]);
  // Its published key pair would open the store to everybody on this machine.
  accounts.DUMMY_ACCOUNT.revokeAccessKey('S3RVER');
  accounts.DUMMY_ACCOUNT.createKeyPair(key.accessKey, key.secretKey);
  const store = new S3rver({
    directory,
    silent: true,
    allowMismatchedSignatures: false,
    vhostBuckets: false,
    configureBuckets: [{ name: bucket }],
  });
  await store.configureBuckets();
  return store.callback();
}

/** No upload survives its server: the client begins a new one. */
async function dropAbandonedUploads(directory: string): Promise<void> {
  for (const bucket of await readdir(directory)) {
    await rm(join(directory, bucket, '._S3rver_uploads'), { recursive: true, force: true });
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1' }, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    // Clients keep idle connections open for long.
    server.closeAllConnections();
  });
}
