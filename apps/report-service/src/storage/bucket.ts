import { createHash } from 'node:crypto';
import type { Agent } from 'node:http';
import { PassThrough, type Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Client, S3Error } from 'minio';
import { storeAgent, storeTransport } from './store-transport.ts';

/** Where the store is and how to sign for it; a part of `Config`. */
export interface BucketConfig {
  readonly endpoint: string;
  readonly publicEndpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly bucket: string;
  readonly region: string;
  readonly idleSeconds: number;
}

/** With an unknown size the client assumes 5 TiB and buffers half a GiB; parts of this size hold it to a few MiB. */
const partSize = 5 * 1024 * 1024;

/** The client pipes what it is given into parts, and waits for ever when that breaks off: its failure is passed on here. */
class Upload extends PassThrough {
  override pipe<Destination extends NodeJS.WritableStream>(
    parts: Destination,
    options?: { end?: boolean },
  ): Destination {
    this.once('error', (error) => (parts as unknown as Writable).destroy(error));
    return super.pipe(parts, options);
  }
}

/** What was sent, counted and hashed on the way; an ETag is no hash. */
export interface SentBytes {
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** One bucket through the MinIO client. Errors come as the client throws them; every request ends within its limits or with the signal. */
export class Bucket {
  private readonly agent: Agent;
  private readonly client: Client;
  private readonly signer: Client;
  private known = false;

  constructor(private readonly config: BucketConfig) {
    this.agent = storeAgent(isSecure(config.endpoint));
    this.client = this.connect(config.endpoint);
    // Signed URLs carry the host they were made for, so they are signed for the name that clients use.
    this.signer = this.connect(config.publicEndpoint);
  }

  async exists(signal?: AbortSignal): Promise<boolean> {
    return this.clientFor(signal).bucketExists(this.config.bucket);
  }

  /** Streams bytes of unknown size under a key; the same key again overwrites. A source that breaks off ends it. */
  async put(key: string, bytes: Readable, contentType: string, signal?: AbortSignal): Promise<SentBytes> {
    const client = this.clientFor(signal);
    await this.ensure(client);
    const hash = createHash('sha256');
    let sizeBytes = 0;
    const upload = new Upload();
    const headers = { 'Content-Type': contentType };
    try {
      await Promise.all([
        pipeline(
          bytes,
          async function* (chunks: AsyncIterable<Buffer>) {
            for await (const chunk of chunks) {
              hash.update(chunk);
              sizeBytes += chunk.length;
              yield chunk;
            }
          },
          upload,
        ),
        client.putObject(this.config.bucket, key, upload, undefined, headers),
      ]);
    } catch (error) {
      // A source that breaks off is its own trouble, not the store's.
      if (upload.errored) throw new BrokenSource(upload.errored);
      upload.destroy();
      // A store that lost everything gets its bucket again at the next attempt.
      this.known = false;
      throw error;
    }
    return { sizeBytes, sha256: hash.digest('hex') };
  }

  /** Size in bytes; null when there is no such object. */
  async size(key: string, signal?: AbortSignal): Promise<number | null> {
    try {
      return (await this.clientFor(signal).statObject(this.config.bucket, key)).size;
    } catch (error) {
      if (error instanceof S3Error && (error.code === 'NotFound' || error.code === 'NoSuchKey')) return null;
      throw error;
    }
  }

  async get(key: string, signal?: AbortSignal): Promise<Readable> {
    return this.clientFor(signal).getObject(this.config.bucket, key);
  }

  /** Removing what is not there is no error. */
  async remove(key: string): Promise<void> {
    await this.client.removeObject(this.config.bucket, key);
  }

  /** A signed GET, valid for `seconds`, made without asking the store. */
  async sign(key: string, seconds: number, downloadName: string, from = new Date()): Promise<string> {
    const headers = { 'response-content-disposition': `attachment; filename="${downloadName}"` };
    return this.signer.presignedGetObject(this.config.bucket, key, seconds, headers, from);
  }

  /** A client is a few fields: one for each signal, on the connections of all. */
  private clientFor(signal: AbortSignal | undefined): Client {
    return signal === undefined ? this.client : this.connect(this.config.endpoint, signal);
  }

  private connect(endpoint: string, signal?: AbortSignal): Client {
    const url = new URL(endpoint);
    const useSSL = isSecure(endpoint);
    return new Client({
      endPoint: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? (useSSL ? 443 : 80) : Number(url.port),
      useSSL,
      accessKey: this.config.accessKey,
      secretKey: this.config.secretKey,
      region: this.config.region,
      pathStyle: true,
      partSize,
      transport: storeTransport(useSSL, this.config.idleSeconds * 1_000, signal),
      transportAgent: this.agent,
    });
  }

  private async ensure(client: Client): Promise<void> {
    if (this.known) return;
    const { bucket, region } = this.config;
    if (!(await client.bucketExists(bucket))) {
      try {
        await client.makeBucket(bucket, region);
      } catch (error) {
        // Another process made it a moment ago.
        if (!(error instanceof S3Error && /^Bucket(AlreadyOwnedByYou|AlreadyExists)$/.test(error.code ?? '')))
          throw error;
      }
    }
    this.known = true;
  }
}

const isSecure = (endpoint: string): boolean => new URL(endpoint).protocol === 'https:';

/** The source of an upload broke off; `cause` is its own error. */
export class BrokenSource extends Error {
  override readonly name = 'BrokenSource';

  constructor(override readonly cause: Error) {
    super('the source of the upload broke off');
  }
}
