import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Request, Response } from 'express';
import { RateLimiterMemory, RateLimiterPostgres } from 'rate-limiter-flexible';
import { AppError } from '#contracts';
import type { Config } from '../config/config.ts';
import { countedAddress } from '../http/caller-address.ts';
import { FailFastPool } from './fail-fast-pool.ts';
import { LeasedQuota, type Verdict } from './leased-quota.ts';
import { networkOf } from './network-of.ts';
import { RecentCredentials } from './recent-credentials.ts';
import { Turns } from './turns.ts';

/** For which a credential that was good passes whatever others of its address do, ms. */
const acceptedMs = 10 * 60_000;
/** For which a key that was refused is not looked up again for an address that guesses, ms. */
const refusedMs = 60_000;
/** Credentials of addresses that guess, for each form: much fewer at once than requests have connections, and addresses take turns. */
const lookedUp = { atOnce: 2, waitingOfOne: 100, waitingOfAll: 500 };

/** What a credential could be by its looks alone. A key has a checksum, which everybody can tell and make. */
export type CredentialForm = 'key' | 'token' | 'neither';

interface Policy {
  /** As `RateLimit-Policy` names it. */
  readonly name: string;
  readonly quota: LeasedQuota;
}

/** Who may ask how often, over all API processes. Never fails a request for a reason of its own. ADR 0029. */
export class RateLimits implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly pool: FailFastPool;
  private readonly caller: Policy;
  private readonly organization: Policy;
  private readonly expensiveCaller: Policy;
  private readonly expensiveOrganization: Policy;
  private readonly failures: Policy;
  private readonly accepted = new RecentCredentials(acceptedMs);
  private readonly refusedKeys = new RecentCredentials(refusedMs);
  /** Apart: a provider that is slow to give its keys holds up no API key. */
  private readonly lookUps = { key: new Turns(lookedUp), token: new Turns(lookedUp) };

  constructor(
    private readonly config: Config['edge']['rateLimit'],
    databaseUrl: string,
  ) {
    this.pool = new FailFastPool(databaseUrl);
    this.caller = this.policy('caller', config.perCaller);
    this.organization = this.policy('organization', config.perOrganization);
    this.expensiveCaller = this.policy('expensive-caller', config.expensivePerCaller);
    this.expensiveOrganization = this.policy('expensive-organization', config.expensivePerOrganization);
    this.failures = this.policy('failures', config.failuresPerAddress);
  }

  async onApplicationBootstrap(): Promise<void> {
    // The first request does not wait for a connection to be made; without Postgres it does not wait either.
    if (this.config.enabled) await this.pool.query({ text: 'select 1' }).catch(() => undefined);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }

  /**
   * Looks up who has a credential. Of an address whose keys were refused too often what cannot be good is refused unseen,
   * and the rest is looked up a few at a time: whoever guesses is slowed down, and whoever shares the address goes on.
   */
  async lookUp<Result>(request: Request, form: CredentialForm, look: () => Promise<Result>): Promise<Result> {
    const verdict = this.config.enabled ? this.failures.quota.isExhausted(addressOf(request)) : null;
    const { authorization = '' } = request.headers;
    if (!verdict || this.accepted.includes(authorization)) return look();
    if (form === 'neither' || this.refusedKeys.includes(authorization)) throw tooMany([verdict]);
    return this.lookUps[form].run(addressOf(request), look, () => tooMany([{ ...verdict, resetMs: 1_000 }]));
  }

  /** Counts a refused key or token; past the quota the answer is 429. */
  async countRefused(request: Request, form: CredentialForm): Promise<void> {
    if (!this.config.enabled) return;
    const { authorization = '' } = request.headers;
    this.accepted.forget(authorization);
    // A token may become good once the provider's keys are read again.
    if (form === 'key') this.refusedKeys.remember(authorization);
    await this.count(request);
  }

  /** Counts a token of which nobody could tell whether it is good. */
  async countUnknown(request: Request): Promise<void> {
    if (this.config.enabled && !this.accepted.includes(request.headers.authorization ?? '')) await this.count(request);
  }

  private async count(request: Request): Promise<void> {
    const verdict = await this.failures.quota.take(addressOf(request));
    if (!verdict.allowed) throw tooMany([verdict]);
  }

  /** Counts a request of a known caller, and says on the answer what is left. */
  async admit(
    request: Request,
    response: Response,
    callerId: string,
    organizationId: string | null,
    expensive: boolean,
  ): Promise<void> {
    if (!this.config.enabled) return;
    this.accepted.remember(request.headers.authorization ?? '');
    const counted = [
      { ...this.caller, key: callerId },
      ...(expensive ? [{ ...this.expensiveCaller, key: callerId }] : []),
      ...(organizationId === null ? [] : [{ ...this.organization, key: organizationId }]),
      ...(expensive && organizationId !== null ? [{ ...this.expensiveOrganization, key: organizationId }] : []),
    ];
    const told = await Promise.all(
      counted.map(async ({ name, quota, key }) => ({ name, quota, verdict: await quota.take(key) })),
    );
    response.setHeader(
      'RateLimit-Policy',
      told.map(({ name, quota }) => `"${name}";q=${quota.quota};w=${quota.windowMs / 1_000}`).join(', '),
    );
    response.setHeader(
      'RateLimit',
      told.map(({ name, verdict }) => `"${name}";r=${verdict.remaining};t=${seconds(verdict.resetMs)}`).join(', '),
    );
    const refused = told.map(({ verdict }) => verdict).filter(({ allowed }) => !allowed);
    if (refused.length > 0) throw tooMany(refused);
  }

  private policy(name: string, points: number): Policy {
    const duration = this.config.windowSeconds;
    const counter = new RateLimiterPostgres({
      storeClient: this.pool,
      storeType: 'pool',
      schemaName: 'limits',
      tableName: 'rate',
      // Made by a migration: the login of requests may count, and make nothing.
      tableCreated: true,
      keyPrefix: name,
      points,
      duration,
      insuranceLimiter: new RateLimiterMemory({ keyPrefix: name, points, duration }),
    });
    return { name, quota: new LeasedQuota(points, duration * 1_000, counter) };
  }
}

const addressOf = (request: Request): string => networkOf(countedAddress(request));

const seconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1_000));

const tooMany = (refused: readonly Verdict[]): AppError =>
  new AppError('rate_limited', {
    headers: { 'Retry-After': String(seconds(Math.max(...refused.map(({ resetMs }) => resetMs)))) },
  });
