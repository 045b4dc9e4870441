import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

/** A real identity provider on loopback, as far as tokens go: discovery, published keys, signatures. */
export class IdentityProvider {
  /** Requests for the keys so far. */
  keyRequests = 0;
  private keys: SigningKey[] = [];
  private away = false;

  private constructor(
    private readonly server: Server,
    readonly issuer: string,
  ) {}

  static async start(): Promise<IdentityProvider> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const provider = new IdentityProvider(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', ({ url }, response) => {
      provider.answer(url ?? '', (status, body) => {
        response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
      });
    });
    await provider.rotate();
    return provider;
  }

  get jwksUrl(): string {
    return `${this.issuer}/keys`;
  }

  /** The public key that signs now, as published. */
  get publicJwk(): JWK {
    return this.current.publicJwk;
  }

  /** A new key signs from now on; the old ones are published no more. */
  async rotate(): Promise<void> {
    this.keys = [await makeKey()];
  }

  /** Every request is answered with 503, or again as it should be. */
  stopAnswering(away = true): void {
    this.away = away;
  }

  /** A token for the audience `airt`, good for five minutes, with what `claims` and `header` change. */
  async token(
    claims: Readonly<Record<string, unknown>> = {},
    header: { readonly kid?: string; readonly typ?: string } = {},
  ): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ iss: this.issuer, aud: 'airt', iat: now, exp: now + 300, ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: this.current.kid, ...header })
      .sign(this.current.privateKey);
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => {
      this.server.close(resolve);
      this.server.closeAllConnections();
    });
  }

  private get current(): SigningKey {
    const [key] = this.keys;
    if (!key) throw new Error('The provider has no key.');
    return key;
  }

  private answer(url: string, send: (status: number, body: unknown) => void): void {
    if (url === '/keys') this.keyRequests += 1;
    if (this.away) send(503, { error: 'away' });
    else if (url === '/keys') send(200, { keys: this.keys.map(({ publicJwk }) => publicJwk) });
    else if (url === '/.well-known/openid-configuration') send(200, { issuer: this.issuer, jwks_uri: this.jwksUrl });
    else send(404, {});
  }
}

let made = 0;

async function makeKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  made += 1;
  const kid = `key-${made}`;
  return { kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' } };
}
