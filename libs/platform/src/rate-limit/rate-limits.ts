import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Request, Response } from 'express';
import { RateLimiterMemory, RateLimiterPostgres } from 'rate-limiter-flexible';
import { AppError } from '#contracts';
import type { Config } from '../config/config.ts';
import { FailFastPool } from './fail-fast-pool.ts';
import { AcceptedCredentials } from './accepted-credentials.ts';
import { LeasedQuota, type Verdict } from './leased-quota.ts';
import { networkOf } from './network-of.ts';

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
  private readonly accepted = new AcceptedCredentials();

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

  /** Refuses an address whose keys were refused too often, except for a key that was accepted in the last minutes. */
  refuseBlockedAddress(request: Request): void {
    const verdict = this.config.enabled ? this.failures.quota.isExhausted(addressOf(request)) : null;
    if (verdict && !this.accepted.includes(request.headers.authorization ?? '')) throw tooMany([verdict]);
  }

  /** Counts a refused key or token; past the quota the answer is 429. */
  async countRefusedKey(request: Request): Promise<void> {
    if (!this.config.enabled) return;
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

const addressOf = (request: Request): string => networkOf(request.ip ?? '');

const seconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1_000));

const tooMany = (refused: readonly Verdict[]): AppError =>
  new AppError('rate_limited', {
    headers: { 'Retry-After': String(seconds(Math.max(...refused.map(({ resetMs }) => resetMs)))) },
  });
