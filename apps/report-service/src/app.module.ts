import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { BootChecksModule, type Config, ErrorFilter, PlatformModule, ReadBody, RequestValidation } from '#platform';
import { AuditModule } from './audit/audit.module.ts';
import { BuildsModule } from './builds/builds.module.ts';
import { reportBuildSchema } from './builds/report-build.ts';
import { EventsModule } from './events/events.module.ts';
import { FindingsModule } from './findings/findings.module.ts';
import { ImportsModule } from './imports/imports.module.ts';
import { PreflightModule } from './preflight/preflight.module.ts';
import { projectSchema } from './tenancy/projects/project.entity.ts';
import { TenancyModule } from './tenancy/tenancy.module.ts';
import { StorageModule } from './storage/storage.module.ts';
import { reportTemplateSchema } from './templates/report-template.ts';
import { TemplatesModule } from './templates/templates.module.ts';

/** Table of contents of the application. */
@Module({})
export class AppModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.forRoot(config, [projectSchema, reportBuildSchema, reportTemplateSchema]),
        TenancyModule,
        ImportsModule,
        FindingsModule,
        TemplatesModule,
        PreflightModule,
        BuildsModule.forRoot(config),
        StorageModule,
        EventsModule,
        AuditModule,
        BootChecksModule,
      ],
      providers: [
        { provide: APP_FILTER, useClass: ErrorFilter },
        { provide: APP_INTERCEPTOR, useClass: ReadBody },
        { provide: APP_PIPE, useClass: RequestValidation },
      ],
    };
  }
}
