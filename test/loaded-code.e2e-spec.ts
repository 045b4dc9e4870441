import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const built = join(__dirname, '../dist/apps/report-service/src');

/** Modules reach a thread as ES modules, of which a hook hears, or as CommonJS, which the cache of `require` names. */
const lister = `
  import { createRequire, register } from 'node:module';
  const hook = \`
    import { writeSync } from 'node:fs';
    export const load = (url, context, next) => { writeSync(1, url + '\\\\n'); return next(url, context); };\`;
  register('data:text/javascript,' + encodeURIComponent(hook));
  for (const url of process.argv.slice(1)) await import(url);
  console.log(Object.keys(createRequire(process.execPath).cache).join('\\n'));
  process.exit(0);`;

/** Every file that a thread has loaded once it has imported these files of the build. */
function filesLoadedBy(...files: string[]): string[] {
  const urls = files.map((file) => pathToFileURL(join(built, file)).href);
  const listed = execFileSync(process.execPath, ['--input-type=module', '--eval', lister, ...urls], {
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
  });
  return listed.replaceAll('\\', '/').split('\n');
}

/** What a start of the service imports, but for main.js, which would serve. */
const serviceFiles = ['create-app.js', 'migrate.js', 'make-first-key.js', 'embedded-parts.js'];

describe('what the main thread of the service loads', () => {
  const files = filesLoadedBy(...serviceFiles);
  const among = (...packages: string[]): string[] =>
    packages.filter((name) => files.some((file) => file.includes(`/node_modules/${name}/`)));

  it('is what it serves with', () => {
    expect(among('express', 'typeorm', 'pg', 'minio')).toEqual(['express', 'typeorm', 'pg', 'minio']);
    expect(files.some((file) => file.endsWith('/libs/rendering/src/pool/rendering-pool.js'))).toBe(true);
  });

  it('has no code that writes a PDF: rendering threads load it', () => {
    expect(among('pdfmake', 'pdfkit', 'fontkit', 'pngjs', 'bidi-js')).toEqual([]);
    expect(
      files.filter((file) => /\/libs\/rendering\/src\/(fonts|typesetting|compose|layout|writers)\//.test(file)),
    ).toEqual([]);
  });

  it('has of TypeORM the parts that it uses: reading all that its index exports is a third of what it costs', () => {
    expect(files.filter((file) => file.includes('/node_modules/typeorm/index.'))).toEqual([]);
  });

  it('has no code that packs Parquet: a thread of the export loads it', () => {
    expect(among('hyparquet-writer')).toEqual([]);
  });

  it('has no embedded stack, and no code for tokens before there is an identity provider', () => {
    expect(files.filter((file) => file.includes('/libs/embedded/'))).toEqual([]);
    expect(among('jose')).toEqual([]);
  });
});
