import type { JWTVerifyGetKey } from 'jose';
import { AppError } from '#contracts';
import type { Config } from '#platform';
import { subjectForm } from '../user-id.ts';

/** Asymmetric ones alone: with HS256 the provider's public key, which everybody has, would sign. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
const clockToleranceSeconds = 5;
const longestToken = 8_192;
const tokenForm = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** A signed JWT by its looks; whether anything of it is true, nobody has asked. */
export const looksLikeToken = (token: string): boolean => token.length <= longestToken && tokenForm.test(token);

/** What `typ` of the header calls an access token, or a token of no said kind (RFC 9068). */
const accessTypes: ReadonlySet<string> = new Set(['jwt', 'at+jwt', 'application/at+jwt']);
/** What some providers write into `typ` of the claims for other tokens than access tokens. */
const otherTypes: ReadonlySet<unknown> = new Set(['ID', 'Refresh', 'Offline', 'Logout']);

/** An ID token says who logged in, a logout token that somebody left, to the client: neither asks for anything of us. */
function isForAccess(header: { readonly typ?: string }, claims: Readonly<Record<string, unknown>>): boolean {
  if (header.typ !== undefined && !accessTypes.has(header.typ.toLowerCase())) return false;
  return !otherTypes.has(claims['typ']) && !['at_hash', 'c_hash', 'events'].some((name) => name in claims);
}

/** Times for reading the provider's keys, milliseconds. */
interface KeyTimes {
  /** For one answer of the provider. */
  readonly timeout: number;
  /** Between two reads for an unknown key id, so that made-up ids do not become requests to the provider. */
  readonly cooldown: number;
  /** After which the keys are read again, so that a withdrawn key ends. */
  readonly maxAge: number;
}

const usualTimes: KeyTimes = { timeout: 5_000, cooldown: 30_000, maxAge: 10 * 60_000 };

/** Who a bearer token of the identity provider names. Without a provider in the configuration: nobody. */
export class TokenVerifier {
  private keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(
    private readonly oidc: Config['oidc'],
    private readonly times: KeyTimes = usualTimes,
  ) {}

  /** The subject of a valid token, else null. Throws `expired_token`, and `identity_provider` when its keys are out of reach. */
  async subjectOf(token: string): Promise<string | null> {
    const { oidc } = this;
    if (!oidc || !looksLikeToken(token)) return null;
    // Loaded here: most installations have no identity provider.
    const { errors, jwtVerify } = await import('jose');
    let subject: unknown;
    try {
      const { payload, protectedHeader } = await jwtVerify(token, (header, jws) => this.keyOf(header, jws), {
        issuer: oidc.issuer,
        audience: oidc.audience,
        algorithms,
        clockTolerance: clockToleranceSeconds,
        requiredClaims: ['exp', 'sub'],
      });
      subject = isForAccess(protectedHeader, payload) ? payload.sub : null;
    } catch (error) {
      if (error instanceof AppError) throw error;
      if (error instanceof errors.JWTExpired) {
        throw new AppError('expired_token', { detail: 'The token has expired.' }, { cause: error });
      }
      return null;
    }
    return typeof subject === 'string' && subjectForm.test(subject) ? subject : null;
  }

  private async keyOf(...[header, jws]: Parameters<JWTVerifyGetKey>): Promise<Awaited<ReturnType<JWTVerifyGetKey>>> {
    const { errors } = await import('jose');
    try {
      this.keys ??= this.findKeys();
      return await (
        await this.keys
      )(header, jws);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      // Nothing is known of the token; a 401 would send the caller for a new one, in vain.
      throw new AppError('identity_provider', {}, { cause: error });
    }
  }

  /** Where the provider's keys are: as configured, else as its discovery document says. A failure is not remembered. */
  private async findKeys(): Promise<JWTVerifyGetKey> {
    try {
      const { createRemoteJWKSet } = await import('jose');
      const url = new URL(this.oidc?.jwksUrl ?? (await this.discover(this.oidc?.issuer ?? '')));
      const { timeout, cooldown, maxAge } = this.times;
      return createRemoteJWKSet(url, { timeoutDuration: timeout, cooldownDuration: cooldown, cacheMaxAge: maxAge });
    } catch (error) {
      this.keys = undefined;
      throw error;
    }
  }

  private async discover(issuer: string): Promise<string> {
    const answer = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
      redirect: 'error',
      signal: AbortSignal.timeout(this.times.timeout),
    });
    if (!answer.ok) throw new Error(`The discovery document was answered with ${answer.status}.`);
    const document = (await answer.json()) as { readonly issuer?: unknown; readonly jwks_uri?: unknown };
    if (document.issuer !== issuer) throw new Error('The discovery document is of another issuer.');
    if (typeof document.jwks_uri !== 'string') throw new Error('The discovery document names no jwks_uri.');
    if (issuer.startsWith('https:') && !document.jwks_uri.startsWith('https:')) {
      throw new Error('The discovery document names keys without TLS.');
    }
    return document.jwks_uri;
  }
}
