import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';

import type { Client } from 'minio';

import { storeClient } from '#testing';

import { testStack } from './test-stack.ts';

/** The bucket of a service under test, seen past the service. */
export class TestBucket {
  private readonly client: Client;

  constructor(
    private readonly name: string,
    store = testStack().store,
  ) {
    this.client = storeClient(store);
  }

  async make(): Promise<void> {
    await this.client.makeBucket(this.name, testStack().store.region);
  }

  async keys(prefix = ''): Promise<string[]> {
    const keys: string[] = [];
    for await (const { name } of this.client.listObjectsV2(this.name, prefix, true) as AsyncIterable<{
      name?: string;
    }>) {
      if (name !== undefined) keys.push(name);
    }
    return keys.sort();
  }

  async read(key: string): Promise<Buffer> {
    return await buffer(await this.client.getObject(this.name, key));
  }

  async remove(key: string): Promise<void> {
    await this.client.removeObject(this.name, key);
  }

  /** All objects and the bucket itself: what a store that lost its disk looks like. */
  async destroy(): Promise<void> {
    for (const key of await this.keys()) await this.remove(key);
    await this.client.removeBucket(this.name);
  }
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
