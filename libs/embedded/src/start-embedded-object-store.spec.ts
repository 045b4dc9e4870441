import { createHmac, randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import type { Client } from 'minio';

import { storeClient } from '#testing';

import { startEmbeddedObjectStore, type EmbeddedObjectStore } from './start-embedded-object-store.ts';

const mebibyte = 1024 * 1024;

describe('the embedded object store', () => {
  let dataDir: string;
  let store: EmbeddedObjectStore;
  let client: Client;
  let signed: string;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'airt-objects-spec-'));
    store = await startEmbeddedObjectStore({ dataDir, bucket: 'reports' });
    client = clientOf(store);
    await client.putObject('reports', 'a/report of today.pdf', 'four words of text', undefined, {
      'Content-Type': 'application/pdf',
    });
    signed = await client.presignedGetObject('reports', 'a/report of today.pdf', 60, {
      'response-content-disposition': 'attachment; filename="report.pdf"',
    });
  });

  afterAll(async () => {
    await store.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('keeps objects, key pair and port over a restart', async () => {
    const before = store;
    await store.stop();
    store = await startEmbeddedObjectStore({ dataDir, bucket: 'reports' });

    expect({ ...store, stop: undefined }).toEqual({ ...before, stop: undefined });
    const found = await client.statObject('reports', 'a/report of today.pdf');
    expect(found.size).toBe(18);
    expect((await stat(join(dataDir, 'objects', 'credentials.json'))).mode & 0o777).toBe(0o600);
  });

  it('takes a stream of unknown size in parts', async () => {
    const content = randomBytes(12 * mebibyte);
    const pieces = Readable.from(
      (function* () {
        for (let at = 0; at < content.length; at += mebibyte) yield content.subarray(at, at + mebibyte);
      })(),
    );

    await client.putObject('reports', 'large.bin', pieces);

    expect((await client.statObject('reports', 'large.bin')).size).toBe(12 * mebibyte);
    expect((await buffer(await client.getObject('reports', 'large.bin'))).equals(content)).toBe(true);
  });

  it('names a missing object and deletes one', async () => {
    await expect(client.statObject('reports', 'absent')).rejects.toMatchObject({ code: 'NotFound' });
    await expect(client.getObject('reports', 'absent')).rejects.toMatchObject({ code: 'NoSuchKey' });
    await client.putObject('reports', 'short-lived', 'x');
    await client.removeObject('reports', 'short-lived');
    await expect(client.statObject('reports', 'short-lived')).rejects.toMatchObject({ code: 'NotFound' });
  });

  it('lists and makes buckets for a valid signature', async () => {
    await client.makeBucket('another', 'us-east-1');

    expect((await client.listBuckets()).map(({ name }) => name).sort()).toEqual(['another', 'reports']);
    expect(await client.bucketExists('absent')).toBe(false);
  });

  it('serves a signed URL with the name it was signed for', async () => {
    const answer = await fetch(signed);

    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="report.pdf"');
    expect(await answer.text()).toBe('four words of text');
  });

  it('refuses an expired URL', async () => {
    const long = new Date(Date.now() - 120_000);
    const expired = await client.presignedGetObject('reports', 'a/report of today.pdf', 60, {}, long);

    await expectRefusal(expired, 403, 'Request has expired');
  });

  it.each<[string, (url: URL) => void]>([
    ['another object', (url) => (url.pathname = '/reports/large.bin')],
    [
      'a longer life',
      (url) => {
        url.searchParams.set('X-Amz-Expires', '600');
      },
    ],
    [
      'no whole number of seconds',
      (url) => {
        url.searchParams.set('X-Amz-Expires', 'never');
      },
    ],
    [
      'a later date',
      (url) => {
        url.searchParams.set('X-Amz-Date', '20990101T000000Z');
      },
    ],
    [
      'another file name',
      (url) => {
        url.searchParams.set('response-content-disposition', 'inline');
      },
    ],
    [
      'another parameter',
      (url) => {
        url.searchParams.set('acl', '');
      },
    ],
    [
      'another signature',
      (url) => {
        url.searchParams.set('X-Amz-Signature', '0'.repeat(64));
      },
    ],
    [
      'no signature',
      (url) => {
        url.searchParams.delete('X-Amz-Signature');
      },
    ],
    [
      'no algorithm',
      (url) => {
        url.searchParams.delete('X-Amz-Algorithm');
      },
    ],
    [
      'a smuggled header',
      (url) => {
        url.searchParams.set('x-amz-copy-source', '/reports/large.bin');
      },
    ],
    ['nothing but a signature', (url) => (url.search = '?X-Amz-Signature=x')],
    ['nothing but an algorithm', (url) => (url.search = '?X-Amz-Algorithm=AWS4-HMAC-SHA256')],
    ['no query at all', (url) => (url.search = '')],
    ['a version 2 signature', (url) => (url.search = '?AWSAccessKeyId=S3RVER&Expires=4102444800&Signature=x')],
  ])('refuses a URL tampered to %s', async (_what, tamper) => {
    const url = new URL(signed);
    tamper(url);

    await expectRefusal(url.href, 403);
  });

  it.each(['HEAD', 'PUT', 'DELETE', 'OPTIONS', 'POST'])(
    'refuses %s on a URL that was signed to get',
    async (method) => {
      expect((await fetch(signed, { method })).status).toBe(403);
    },
  );

  it('refuses a header that the URL was not signed for', async () => {
    expect((await fetch(signed, { headers: { 'x-amz-copy-source': '/reports/large.bin' } })).status).toBe(403);
  });

  it('refuses a wrong secret, the published key pair of the package, and another store’s key', async () => {
    for (const [accessKey, secretKey] of [
      [store.accessKey, 'guess'],
      ['S3RVER', 'S3RVER'],
      [randomBytes(10).toString('hex'), store.secretKey],
    ] as const) {
      const stranger = clientOf({ ...store, accessKey, secretKey });
      await expect(stranger.getObject('reports', 'large.bin')).rejects.toMatchObject({
        code: expect.stringMatching(/SignatureDoesNotMatch|InvalidAccessKeyId/) as string,
      });
      await expect(stranger.putObject('reports', 'mine', 'x')).rejects.toThrow();
    }
  });

  it('refuses version 2 of the signature, even with the right secret', async () => {
    const date = new Date().toUTCString();
    const signature = createHmac('sha1', store.secretKey)
      .update(`GET\n\n\n${date}\n/reports/large.bin`)
      .digest('base64');

    const answer = await fetch(`${store.endpoint}/reports/large.bin`, {
      headers: { Date: date, Authorization: `AWS ${store.accessKey}:${signature}` },
    });

    expect(answer.status).toBe(403);
  });

  it('refuses to list uploads, buckets or objects without a signature', async () => {
    for (const path of ['/', '/reports', '/reports?uploads', '/reports?list-type=2']) {
      await expectRefusal(`${store.endpoint}${path}`, 403);
    }
  });

  it('refuses junk with 400 and never climbs out of its folder', async () => {
    const junk = { Authorization: 'AWS4-HMAC-SHA256 junk', 'x-amz-date': '20990101T000000Z' };
    expect((await fetch(`${store.endpoint}/reports/a`, { headers: junk })).status).toBe(400);
    for (const path of [
      '/reports/../../objects/credentials.json',
      '/reports/%2e%2e/%2e%2e/credentials.json',
      '/reports/..%2f..%2fx',
    ]) {
      expect(await rawStatus(store, path)).toBe(400);
    }
  });

  async function expectRefusal(url: string, status: number, text = '<Error>'): Promise<void> {
    const answer = await fetch(url);
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain(text);
  }
});

const clientOf = (store: EmbeddedObjectStore): Client => storeClient(store, 5 * mebibyte);

/** A path as written: fetch would resolve its dots. */
function rawStatus(store: EmbeddedObjectStore, path: string): Promise<number | undefined> {
  const { hostname, port } = new URL(store.endpoint);
  return new Promise((resolve, reject) => {
    request({ host: hostname, port, path }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .once('error', reject)
      .end();
  });
}
