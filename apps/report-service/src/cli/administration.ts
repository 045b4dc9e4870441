import { type INestApplicationContext, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type Command, CommandBus, type Query, QueryBus } from '@nestjs/cqrs';
import { AppError, type OrganizationRef, type WorkspaceRef } from '#contracts';
import { auditContext, type Config, openDataSource, PlatformModule, readConfig, RequestValidation } from '#platform';
import { visitEmbeddedDatabase } from '../embedded-parts.ts';
import { migrate } from '../migrate.ts';
import { projectSchema } from '../tenancy/projects/project.entity.ts';
import { TenancyModule } from '../tenancy/tenancy.module.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** The object store is no part of administration. */
const noStore = {
  S3_ENDPOINT: 'http://127.0.0.1:1',
  S3_ACCESS_KEY: 'none',
  S3_SECRET_KEY: 'none',
  S3_BUCKET: 'none',
  S3_REGION: 'none',
};

@Module({})
class AdministrationModule {}

/**
 * The handlers of the API without the API. They work as `airt_app`, held by row-level security like any request; the
 * owner of the database is only asked which id a slug has. ADR 0017.
 */
export class Administration {
  private constructor(
    private readonly context: INestApplicationContext,
    readonly config: Config,
    private readonly leave: () => Promise<void>,
  ) {}

  static async open(env: Env): Promise<Administration> {
    const embedded = env['DATABASE_URL'] ? null : await visitEmbeddedDatabase(env);
    const leave = async (): Promise<void> => embedded?.leave();
    try {
      const config = readConfig({ ...env, ...embedded?.variables, ...noStore, LOG_LEVEL: 'silent' });
      if (embedded) await migrate(config);
      const module = {
        module: AdministrationModule,
        imports: [PlatformModule.forRoot(config, [projectSchema]), TenancyModule],
      };
      const context = await NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
      return new Administration(context, config, leave);
    } catch (error) {
      await leave();
      throw error;
    }
  }

  command<T>(command: Command<T>): Promise<T> {
    const actor = { kind: 'operator', id: null, name: null };
    return auditContext.run({ actor, requestId: null, address: null, recorded: false }, () =>
      this.context.get(CommandBus).execute(command),
    );
  }

  query<T>(query: Query<T>): Promise<T> {
    return this.context.get(QueryBus).execute(query);
  }

  /** Checks what was typed by the rules of the API's own request. */
  async check<T>(request: Type<T>, typed: Readonly<Record<string, unknown>>): Promise<T> {
    const given = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== undefined));
    return (await new RequestValidation().transform(given, { type: 'body', metatype: request })) as T;
  }

  async organization(slug: string): Promise<OrganizationRef> {
    const [row] = await this.ask<{ id: string }>('select id from projects.organization where slug = $1', [slug]);
    if (!row) throw new AppError('not_found', { detail: 'No organization has this slug.' });
    return { organizationId: row.id };
  }

  async workspace(org: string, slug: string): Promise<WorkspaceRef> {
    const { organizationId } = await this.organization(org);
    const [row] = await this.ask<{ id: string }>(
      'select id from projects.workspace where organization_id = $1 and slug = $2',
      [organizationId, slug],
    );
    if (!row) throw new AppError('not_found', { detail: 'No workspace of the organization has this slug.' });
    return { organizationId, workspaceId: row.id };
  }

  organizations(): Promise<readonly object[]> {
    return this.ask('select id, slug, name, created_at from projects.organization order by slug', []);
  }

  async close(): Promise<void> {
    await this.context.close();
    await this.leave();
  }

  private async ask<Row>(sql: string, values: readonly unknown[]): Promise<Row[]> {
    const owner = await openDataSource(this.config.database.ownerUrl, [], 1);
    try {
      return await owner.query<Row[]>(sql, [...values]);
    } finally {
      await owner.destroy();
    }
  }
}
