import { type DynamicModule, Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { LoggerModule } from 'nestjs-pino';
import type { EntitySchema } from 'typeorm';
import { AuditTrail } from './audit/audit-trail.ts';
import { Clock } from './config/clock.ts';
import type { Config } from './config/config.ts';
import { ConnectionGuard } from './database/connection-guard.ts';
import { openDataSource } from './database/data-sources.ts';
import { Database } from './database/database.ts';
import { longWorkPools, poolSizes, requestTurns } from './database/pools.ts';
import { Outbox } from './database/outbox.ts';
import { HealthController } from './health/health.controller.ts';
import { Readiness } from './health/readiness.ts';
import { loggingParams } from './logging/logging.ts';
import { RateLimits } from './rate-limit/rate-limits.ts';
import { Turns } from './rate-limit/turns.ts';

/** Token of the validated configuration. */
export const CONFIG = Symbol('config');

/** What every feature module stands on: configuration, database, outbox, buses, logging, health. */
@Global()
@Module({})
export class PlatformModule {
  static forRoot(config: Config, entities: readonly EntitySchema[]): DynamicModule {
    return {
      module: PlatformModule,
      imports: [CqrsModule.forRoot(), LoggerModule.forRoot(loggingParams(config.logLevel))],
      controllers: [HealthController],
      providers: [
        { provide: CONFIG, useValue: config },
        {
          provide: Database,
          inject: [Readiness],
          useFactory: async (readiness: Readiness) => {
            const { appUrl, relayUrl } = config.database;
            const longWork = longWorkPools(config);
            const database = new Database(
              await openDataSource(appUrl, entities, poolSizes.requests),
              await openDataSource(relayUrl, entities, poolSizes.background),
              new ConnectionGuard(config.refuseNestedConnections),
              (work) => openDataSource(appUrl, [], longWork[work].size, longWork[work].statementSeconds),
              new Turns(requestTurns),
            );
            readiness.add('database', () => database.isReachable());
            return database;
          },
        },
        {
          provide: RateLimits,
          useFactory: () => new RateLimits(config.edge.rateLimit, config.database.appUrl),
        },
        Outbox,
        AuditTrail,
        Clock,
        Readiness,
      ],
      exports: [CONFIG, Database, Outbox, AuditTrail, Clock, RateLimits, Readiness, CqrsModule],
    };
  }
}
