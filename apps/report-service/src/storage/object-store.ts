import { PassThrough, type Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Client, S3Error } from 'minio';
import { AppError } from '#contracts';
import { CONFIG, type Config, Readiness } from '#platform';

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

/** The one place that talks to the object store. Its conformance suite runs against every store we claim to support. */
@Injectable()
export class ObjectStore implements OnModuleInit {
  private readonly client: Client;
  private readonly signer: Client;
  private bucketKnown = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly readiness: Readiness,
  ) {
    this.client = this.connect(config.storage.endpoint);
    // Signed URLs carry the host they were made for, so they are signed for the name that clients use.
    this.signer = this.connect(config.storage.publicEndpoint);
  }

  onModuleInit(): void {
    this.readiness.add('storage', async () => {
      await this.client.bucketExists(this.config.storage.bucket);
    });
  }

  /** Streams bytes of unknown size under a key; the same key again overwrites. */
  async put(key: string, bytes: Readable, contentType: string): Promise<void> {
    await this.ensureBucket();
    const { bucket } = this.config.storage;
    const upload = new Upload();
    const headers = { 'Content-Type': contentType };
    try {
      await this.translated(() =>
        Promise.all([pipeline(bytes, upload), this.client.putObject(bucket, key, upload, undefined, headers)]),
      );
    } catch (error) {
      // A source that breaks off is its own trouble, not the store's.
      if (upload.errored) throw upload.errored;
      upload.destroy();
      // A store that lost everything gets its bucket again at the next attempt.
      this.bucketKnown = false;
      throw error;
    }
  }

  /** Size in bytes; null when there is no such object. */
  async size(key: string): Promise<number | null> {
    return this.translated(async () => {
      try {
        return (await this.client.statObject(this.config.storage.bucket, key)).size;
      } catch (error) {
        if (error instanceof S3Error && (error.code === 'NotFound' || error.code === 'NoSuchKey')) return null;
        throw error;
      }
    });
  }

  async get(key: string): Promise<Readable> {
    return this.translated(() => this.client.getObject(this.config.storage.bucket, key));
  }

  /** Removing what is not there is no error. */
  async remove(key: string): Promise<void> {
    await this.translated(() => this.client.removeObject(this.config.storage.bucket, key));
  }

  /** A signed GET, valid for `seconds`, made without asking the store. */
  async sign(key: string, seconds: number, downloadName: string): Promise<string> {
    return this.signer.presignedGetObject(this.config.storage.bucket, key, seconds, {
      'response-content-disposition': `attachment; filename="${downloadName}"`,
    });
  }

  private connect(endpoint: string): Client {
    const url = new URL(endpoint);
    const useSSL = url.protocol === 'https:';
    return new Client({
      endPoint: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? (useSSL ? 443 : 80) : Number(url.port),
      useSSL,
      accessKey: this.config.storage.accessKey,
      secretKey: this.config.storage.secretKey,
      region: this.config.storage.region,
      pathStyle: true,
      partSize,
    });
  }

  private async ensureBucket(): Promise<void> {
    if (this.bucketKnown) return;
    const { bucket, region } = this.config.storage;
    await this.translated(async () => {
      if (await this.client.bucketExists(bucket)) return;
      try {
        await this.client.makeBucket(bucket, region);
      } catch (error) {
        // Another process made it a moment ago.
        if (!(error instanceof S3Error && /^Bucket(AlreadyOwnedByYou|AlreadyExists)$/.test(error.code ?? '')))
          throw error;
      }
    });
    this.bucketKnown = true;
  }

  private async translated<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      throw new AppError(/ETIMEDOUT|ESOCKETTIMEDOUT/.test(code) ? 'storage_timeout' : 'storage', {}, { cause: error });
    }
  }
}
