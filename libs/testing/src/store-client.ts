import { Client } from 'minio';

/** A store under test, as its set-up tells of it. */
export interface TestStore {
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly region: string;
}

/** The store's own client, past the service. */
export function storeClient({ endpoint, region, accessKey, secretKey }: TestStore, partSize?: number): Client {
  const { hostname, port } = new URL(endpoint);
  return new Client({
    endPoint: hostname,
    port: Number(port),
    useSSL: false,
    region,
    accessKey,
    secretKey,
    pathStyle: true,
    ...(partSize !== undefined && { partSize }),
  });
}
