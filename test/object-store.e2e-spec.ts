import { randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import { type Config, Readiness, readConfig } from '#platform';

import { ObjectStore } from '../apps/report-service/src/storage/object-store.ts';
import { describeWhen } from './support/describe-when.ts';
import { eventually } from './support/eventually.ts';
import { reportPart } from './support/report-line.ts';
import { startSwiftPeer, swiftIsInstalled, type SwiftPeer } from './support/swift-peer.ts';
import { testStack, type TestStack } from './support/test-stack.ts';

function configFor(store: TestStack['store'], bucket: string, more: Readonly<Record<string, string>> = {}): Config {
  return readConfig({
    DATABASE_URL: 'postgres://127.0.0.1/unused',
    S3_ENDPOINT: store.endpoint,
    S3_ACCESS_KEY: store.accessKey,
    S3_SECRET_KEY: store.secretKey,
    S3_REGION: store.region,
    S3_BUCKET: bucket,
    ...more,
  });
}

/** What our storage port promises, whichever store is behind it. */
function keepsItsPromises(store: () => TestStack['store']): void {
  const bucket = `b-${randomBytes(6).toString('hex')}`;
  const port = (more: Readonly<Record<string, string>> = {}): ObjectStore =>
    new ObjectStore(configFor(store(), bucket, more), new Readiness());
  let objects: ObjectStore;

  beforeAll(() => {
    objects = port();
  });

  const put = async (bytes: Buffer, key = `reports/${randomUUID()}/1.pdf`, piece = 64 * 1024): Promise<string> => {
    const pieces = Array.from({ length: Math.ceil(bytes.length / piece) }, (_, index) =>
      bytes.subarray(index * piece, (index + 1) * piece),
    );
    await objects.put(key, Readable.from(pieces), 'application/pdf');
    return key;
  };
  const signed = (key: string, seconds = 60): Promise<string> => objects.sign(key, seconds, 'report.pdf');

  it('makes its bucket when there is none, and takes a stream whose size nobody knows', async () => {
    const bytes = randomBytes(200_000);

    const key = await put(bytes);

    expect(await objects.size(key)).toBe(bytes.length);
    expect((await buffer(await objects.get(key))).equals(bytes)).toBe(true);
  });

  it.each([1, 5 * 1024 * 1024, 5 * 1024 * 1024 + 1, 12 * 1024 * 1024])('keeps all of %i bytes', async (size) => {
    const bytes = randomBytes(size);

    const key = await put(bytes);

    expect(await objects.size(key)).toBe(size);
    expect((await buffer(await objects.get(key))).equals(bytes)).toBe(true);
    expect(Buffer.from(await (await fetch(await signed(key))).arrayBuffer()).equals(bytes)).toBe(true);
  });

  it('overwrites an object by another of the same key', async () => {
    const key = await put(randomBytes(6 * 1024 * 1024));
    const bytes = Buffer.from('the second one');

    await put(bytes, key);

    expect(await objects.size(key)).toBe(bytes.length);
    expect(await buffer(await objects.get(key))).toEqual(bytes);
  });

  it('keeps nothing of a stream that breaks off', async () => {
    const key = `reports/${randomUUID()}/1.pdf`;
    const broken = Readable.from(
      (function* () {
        yield randomBytes(6 * 1024 * 1024);
        throw new Error('the renderer stopped');
      })(),
    );

    await expect(objects.put(key, broken, 'application/pdf')).rejects.toThrow('the renderer stopped');

    expect(await objects.size(key)).toBeNull();
  });

  it('removes an object, and what is not there without complaint', async () => {
    const key = await put(Buffer.from('gone soon'));

    await objects.remove(key);
    await objects.remove(key);

    expect(await objects.size(key)).toBeNull();
  });

  it('tells a missing object apart from trouble', async () => {
    expect(await objects.size('reports/none')).toBeNull();
    await expect(objects.get('reports/none')).rejects.toMatchObject({ code: 'storage' });
    await expect(port({ S3_SECRET_KEY: 'another-secret' }).size('reports/none')).rejects.toMatchObject({
      code: 'storage',
    });
  });

  it('says which host it cannot reach only in the cause', async () => {
    const away = port({ S3_ENDPOINT: 'http://127.0.0.1:9' });

    await expect(away.put('reports/x', Readable.from([Buffer.from('x')]), 'application/pdf')).rejects.toMatchObject({
      code: 'storage',
      message: 'The object store refused the request.',
    });
  });

  it('signs a URL that anybody may fetch, as a download of its name', async () => {
    const bytes = Buffer.from('%PDF-1.7 fetched');
    const answer = await fetch(await signed(await put(bytes)));

    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="report.pdf"');
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
  });

  it('signs without asking the store', async () => {
    const url = new URL(
      await port({ S3_PUBLIC_ENDPOINT: 'https://reports.example.com' }).sign('reports/x', 60, 'x.pdf'),
    );

    expect(url.host).toBe('reports.example.com');
    expect(url.pathname).toBe(`/${bucket}/reports/x`);
    expect(url.searchParams.get('X-Amz-Expires')).toBe('60');
  });

  it('lets nobody fetch what is unsigned, signed for something else or by another secret', async () => {
    const key = await put(Buffer.from('ours alone'));
    const other = await put(Buffer.from('ours too'));
    const refused: Record<string, (url: URL) => void> = {
      'no query': (url) => {
        url.search = '';
      },
      'no signature': (url) => {
        url.searchParams.delete('X-Amz-Signature');
      },
      'a made-up signature': (url) => {
        url.searchParams.set('X-Amz-Signature', 'f'.repeat(64));
      },
      'a longer life': (url) => {
        url.searchParams.set('X-Amz-Expires', '604800');
      },
      'another object': (url) => {
        url.pathname = `/${bucket}/${other}`;
      },
      'the list of the bucket': (url) => {
        url.pathname = `/${bucket}`;
      },
    };
    for (const [what, tamper] of Object.entries(refused)) {
      const url = new URL(await signed(key));
      tamper(url);
      const { status } = await fetch(url);
      // Swift answers 400 to what is no S3 request at all.
      expect({ what, refused: status === 403 || status === 400 }).toEqual({ what, refused: true });
    }
    const forged = await port({ S3_SECRET_KEY: 'another-secret' }).sign(key, 60, 'report.pdf');
    expect((await fetch(forged)).status).toBe(403);
    expect((await fetch(await signed(key), { method: 'DELETE' })).status).toBe(403);
    expect((await fetch(await signed(key), { method: 'PUT', body: 'theirs' })).status).toBe(403);
    expect(await objects.size(key)).toBe('ours alone'.length);
  });

  it('lets a URL expire', async () => {
    const url = await signed(await put(Buffer.from('soon too late')), 2);
    expect((await fetch(url)).status).toBe(200);

    const { status } = await eventually(
      () => fetch(url),
      (answer) => answer.status !== 200,
      15_000,
    );

    expect(status).toBe(403);
  });
}

describe('the storage port on the embedded server', () => {
  keepsItsPromises(() => testStack().store);
});

describeWhen(
  swiftIsInstalled(),
  'the storage port on OpenStack Swift (object-store.e2e-spec.ts): Debian swift-* and memcached',
)('the storage port on OpenStack Swift', () => {
  let peer: SwiftPeer;

  beforeAll(async () => {
    peer = await startSwiftPeer();
    reportPart('OpenStack Swift with s3api, an independent S3 store that checks signatures');
  });

  afterAll(async () => {
    await peer.stop();
  });

  keepsItsPromises(() => peer.store);
});
