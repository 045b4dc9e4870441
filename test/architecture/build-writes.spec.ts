import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const ledger = 'apps/report-service/src/builds/build-ledger.ts';

/** Statements and calls that write rows of builds: as SQL, whatever its case and line breaks, or by TypeORM. */
const writes = [
  /\b(?:insert\s+into|update(?:\s+only)?|delete\s+from(?:\s+only)?|merge\s+into|truncate(?:\s+table)?|copy)\s+"?(?:builds"?\."?)?report_build\b/gi,
  /\.(?:insert|update|upsert|save|delete|remove|softDelete|increment|decrement|into|getRepository)\s*(?:<[^>]*>)?\(\s*(?:ReportBuild|reportBuildSchema)\b/g,
];

const writesIn = (text: string): string[] => writes.flatMap((form) => text.match(form) ?? []);

describe('the rows of builds', () => {
  it('are written by the ledger alone, so that it has every transition of a build', () => {
    const files = ['apps', 'libs']
      .flatMap((folder) =>
        readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
      )
      .filter((file) => /\.(?:ts|mjs|cjs|js)$/.test(file) && !file.endsWith('.spec.ts'));
    const writers = files.filter((file) => writesIn(readFileSync(join(root, file), 'utf8')).length > 0);
    expect(writers).toEqual([ledger]);
  });

  it('get their status by one UPDATE and one INSERT', () => {
    const text = readFileSync(join(root, ledger), 'utf8');
    expect(text.match(/\bset\s+(?:[^`]*?,\s*)?status\s*=/gi)).toHaveLength(1);
    expect(text.match(/\.insert\(ReportBuild\b|insert\s+into\s+builds\.report_build/gi)).toHaveLength(1);
  });

  it.each([
    `update builds.report_build set status = 'completed' where id = $1`,
    `UPDATE builds.report_build b\n  SET error_code = null, status = $2`,
    `update only "builds"."report_build" set status = 'failed'`,
    `with gone as (delete from builds.report_build returning id) select 1`,
    `insert\n into builds.report_build (id, status) values ($1, 'queued')`,
    `await tx.update(ReportBuild, { id }, { status: 'failed' });`,
    `await tx.save(\n  ReportBuild, build);`,
    `await tx.getRepository(ReportBuild).save(build);`,
    `tx.createQueryBuilder().insert().into(ReportBuild).values(build)`,
  ])('would be seen to be written by %j', (planted) => {
    expect(writesIn(planted)).not.toEqual([]);
  });

  it.each([
    `select status from builds.report_build where id = $1 for update`,
    'create trigger refuse_illegal_transition before update of status on builds.report_build',
    'grant select, insert, update, delete on builds.report_build to airt_app',
    `await tx.findOneBy(ReportBuild, { id });`,
    `update builds.report_build_archive set status = 'x'`,
  ])('are not written by %j', (text) => {
    expect(writesIn(text)).toEqual([]);
  });
});
