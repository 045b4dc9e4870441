import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { IdentityProvider } from '#testing';
import { TokenVerifier } from './token-verifier.ts';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const now = (): number => Math.floor(Date.now() / 1000);

describe('tokens of the identity provider', () => {
  let provider: IdentityProvider;
  let verifier: TokenVerifier;
  const times = { timeout: 1_000, cooldown: 0, maxAge: 600_000 };
  const settings = (jwksUrl: string | null = provider.jwksUrl) => ({
    issuer: provider.issuer,
    audience: 'airt',
    jwksUrl,
  });

  beforeEach(async () => {
    provider = await IdentityProvider.start();
    verifier = new TokenVerifier(settings(), times);
  });
  afterEach(() => provider.stop());

  it('name their subject when everything about them is right', async () => {
    await expect(verifier.subjectOf(await provider.token({ sub: 'auth0|ada' }))).resolves.toBe('auth0|ada');
    await expect(verifier.subjectOf(await provider.token({ sub: 'ada', aud: ['other', 'airt'] }))).resolves.toBe('ada');
  });

  it('are checked by the keys that the discovery document points to', async () => {
    const discovering = new TokenVerifier(settings(null), times);
    await expect(discovering.subjectOf(await provider.token({ sub: 'ada' }))).resolves.toBe('ada');
  });

  it('name nobody where no provider is configured', async () => {
    await expect(new TokenVerifier(null).subjectOf(await provider.token({ sub: 'ada' }))).resolves.toBeNull();
    expect(provider.keyRequests).toBe(0);
  });

  it.each([
    ['another issuer', { iss: 'https://issuer.invalid' }],
    ['another audience', { aud: 'billing' }],
    ['no audience', { aud: undefined }],
    ['no end', { exp: undefined }],
    ['a start in the future', { nbf: Math.floor(Date.now() / 1000) + 600 }],
    ['no subject', { sub: undefined }],
    ['an empty subject', { sub: '' }],
    ['a subject with NUL', { sub: 'a\0b' }],
    ['a subject of 256 characters', { sub: 'a'.repeat(256) }],
  ])('are refused with %s', async (_, claims) => {
    await expect(verifier.subjectOf(await provider.token({ sub: 'ada', ...claims }))).resolves.toBeNull();
  });

  it.each([
    ['a logout token by its header', {}, { typ: 'logout+jwt' }],
    ['a logout token by its event', { events: { 'http://schemas.openid.net/event/backchannel-logout': {} } }, {}],
    ['an ID token by its hash of the access token', { at_hash: 'x' }, {}],
    ['an ID token by its hash of the code', { c_hash: 'x' }, {}],
    ['an ID token by its claim', { typ: 'ID' }, {}],
    ['a refresh token', { typ: 'Refresh' }, {}],
    ['a security event', {}, { typ: 'secevent+jwt' }],
  ])('are refused as %s', async (_, claims, header) => {
    await expect(verifier.subjectOf(await provider.token({ sub: 'ada', ...claims }, header))).resolves.toBeNull();
  });

  it.each([
    [{}, { typ: 'JWT' }],
    [{}, { typ: 'at+jwt' }],
    [{}, { typ: 'application/at+JWT' }],
    [{ typ: 'Bearer', nonce: 'n' }, { typ: 'JWT' }],
  ])('are taken as access tokens with %j and %j', async (claims, header) => {
    await expect(verifier.subjectOf(await provider.token({ sub: 'ada', ...claims }, header))).resolves.toBe('ada');
  });

  it('say so when they have expired, and are given five seconds of grace', async () => {
    await expect(verifier.subjectOf(await provider.token({ sub: 'ada', exp: now() - 10 }))).rejects.toMatchObject({
      code: 'expired_token',
    });
    await expect(verifier.subjectOf(await provider.token({ sub: 'ada', exp: now() - 2 }))).resolves.toBe('ada');
  });

  it('are refused without a signature: alg none', async () => {
    const claims = encode({ iss: provider.issuer, aud: 'airt', sub: 'ada', exp: now() + 300 });
    for (const alg of ['none', 'None', 'NONE']) {
      await expect(verifier.subjectOf(`${encode({ alg, typ: 'JWT' })}.${claims}.`)).resolves.toBeNull();
    }
  });

  it('are refused when the public key was used as the secret of HS256', async () => {
    const claims = encode({ iss: provider.issuer, aud: 'airt', sub: 'ada', exp: now() + 300 });
    const head = encode({ alg: 'HS256', typ: 'JWT', kid: provider.publicJwk.kid });
    for (const secret of [JSON.stringify(provider.publicJwk), provider.publicJwk.x ?? '']) {
      const mac = createHmac('sha256', secret).update(`${head}.${claims}`).digest('base64url');
      await expect(verifier.subjectOf(`${head}.${claims}.${mac}`)).resolves.toBeNull();
    }
  });

  it('are refused when somebody else signed them under a known key id, or with a key of their own in the header', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const claims = encode({ iss: provider.issuer, aud: 'airt', sub: 'ada', exp: now() + 300 });
    for (const head of [
      encode({ alg: 'ES256', kid: provider.publicJwk.kid }),
      encode({ alg: 'ES256', jwk: publicKey.export({ format: 'jwk' }) }),
    ]) {
      const signature = sign('sha256', Buffer.from(`${head}.${claims}`), {
        key: privateKey,
        dsaEncoding: 'ieee-p1363',
      });
      await expect(verifier.subjectOf(`${head}.${claims}.${signature.toString('base64url')}`)).resolves.toBeNull();
    }
  });

  it('are refused when a claim was changed after signing', async () => {
    const [head, , signature] = (await provider.token({ sub: 'ada' })).split('.');
    const claims = encode({ iss: provider.issuer, aud: 'airt', sub: 'root', exp: now() + 300 });
    await expect(verifier.subjectOf(`${head ?? ''}.${claims}.${signature ?? ''}`)).resolves.toBeNull();
  });

  it.each(['', 'x', 'a.b', 'a.b.c', '..', 'airt_short', `${'a'.repeat(9_000)}.b.c`])(
    'are refused when they are none: %.20s',
    async (token) => {
      await expect(verifier.subjectOf(token)).resolves.toBeNull();
    },
  );

  it('are taken after the provider changed its key, and the old key’s no more', async () => {
    const before = await provider.token({ sub: 'ada' });
    await expect(verifier.subjectOf(before)).resolves.toBe('ada');
    await provider.rotate();
    await expect(verifier.subjectOf(await provider.token({ sub: 'ada' }))).resolves.toBe('ada');
    await expect(verifier.subjectOf(before)).resolves.toBeNull();
  });

  it('with made-up key ids do not become requests to the provider', async () => {
    const patient = new TokenVerifier(settings(), { ...times, cooldown: 60_000 });
    await expect(patient.subjectOf(await provider.token({ sub: 'ada' }))).resolves.toBe('ada');
    for (let count = 0; count < 20; count += 1) {
      const token = await provider.token({ sub: 'ada' }, { kid: `made-up-${count}` });
      await expect(patient.subjectOf(token)).resolves.toBeNull();
    }
    expect(provider.keyRequests).toBe(1);
  });

  it.each(['by address', 'by discovery'])(
    'cannot be judged while the keys are out of reach, and then can: %s',
    async (how) => {
      const asking = new TokenVerifier(settings(how === 'by address' ? provider.jwksUrl : null), times);
      const token = await provider.token({ sub: 'ada' });
      provider.stopAnswering();
      await expect(asking.subjectOf(token)).rejects.toMatchObject({ code: 'identity_provider' });
      provider.stopAnswering(false);
      await expect(asking.subjectOf(token)).resolves.toBe('ada');
    },
  );
});
