import type { Readable } from 'node:stream';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { CONFIG, type Config, Readiness } from '#platform';
import { BrokenSource, Bucket, type SentBytes } from './bucket.ts';
import { storageError } from './storage-error.ts';

/** The port to the object store, with our errors. Its conformance suite runs against every store we claim to support. */
@Injectable()
export class ObjectStore implements OnModuleInit {
  private readonly bucket: Bucket;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly readiness: Readiness,
  ) {
    this.bucket = new Bucket(config.storage);
  }

  onModuleInit(): void {
    this.readiness.add('storage', async (signal) => {
      await this.bucket.exists(signal);
    });
  }

  /** Streams bytes of unknown size under a key; the same key again overwrites. */
  async put(key: string, bytes: Readable, contentType: string): Promise<SentBytes> {
    return this.translated(() => this.bucket.put(key, bytes, contentType));
  }

  /** Size in bytes; null when there is no such object. */
  async size(key: string, signal?: AbortSignal): Promise<number | null> {
    return this.translated(() => this.bucket.size(key, signal));
  }

  async get(key: string, signal?: AbortSignal): Promise<Readable> {
    return this.translated(() => this.bucket.get(key, signal));
  }

  /** Removing what is not there is no error. */
  async remove(key: string): Promise<void> {
    await this.translated(() => this.bucket.remove(key));
  }

  /** A signed GET, valid for `seconds`, made without asking the store. */
  async sign(key: string, seconds: number, downloadName: string, from = new Date()): Promise<string> {
    return this.bucket.sign(key, seconds, downloadName, from);
  }

  private async translated<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw error instanceof BrokenSource ? error.cause : storageError(error);
    }
  }
}
