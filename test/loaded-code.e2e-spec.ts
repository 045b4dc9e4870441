import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const program = join(__dirname, '../dist/bundle/apps/report-service/src/main.js');

/** Files of the bundle that Node reads before the first line of a program runs: it and what it imports, in turn. */
function readAtStart(file: string, files = new Map<string, string>()): ReadonlyMap<string, string> {
  if (files.has(file)) return files;
  const text = readFileSync(file, 'utf8');
  files.set(file, text);
  for (const [, path = ''] of text.matchAll(/^(?:import|export)\b[^'";]*["'](\.[^"']+)["'];$/gm)) {
    readAtStart(join(dirname(file), path), files);
  }
  return files;
}

describe('what the main thread of the service loads at its start', () => {
  const files = readAtStart(program);
  // The bundler heads each module by its place.
  const modules = [...files.values()].flatMap((text) =>
    [...text.matchAll(/^\s*\/\/ ((?:node_modules|dist)\/.*)$/gm)].map(([, place = '']) => place),
  );
  const among = (...packages: string[]): string[] =>
    packages.filter((name) => modules.some((place) => place.startsWith(`node_modules/${name}/`)));

  it('is few files of many modules: opening thousands took a second of a processor', () => {
    expect(modules.length).toBeGreaterThan(1000);
    expect(files.size).toBeLessThan(40);
  });

  it('is what it serves with', () => {
    expect(among('express', 'typeorm', 'pg', 'minio')).toEqual(['express', 'typeorm', 'pg', 'minio']);
    expect(modules).toContain('dist/libs/rendering/src/pool/rendering-pool.js');
  });

  it('has no code that writes a PDF: rendering threads load it', () => {
    expect(among('pdfmake', 'pdfkit', 'fontkit', 'pngjs', 'bidi-js')).toEqual([]);
    expect(
      modules.filter((place) => /\/libs\/rendering\/src\/(fonts|typesetting|compose|layout|writers)\//.test(place)),
    ).toEqual([]);
  });

  it('has of TypeORM the parts that it uses: reading all that its index exports is a third of what it costs', () => {
    expect(modules.filter((place) => place.startsWith('node_modules/typeorm/index.'))).toEqual([]);
  });

  it('has no code that packs Parquet: a thread of the export loads it', () => {
    expect(among('hyparquet-writer')).toEqual([]);
  });

  it('has no embedded stack, and no code for tokens before there is an identity provider', () => {
    expect(modules.filter((place) => place.includes('/libs/embedded/'))).toEqual([]);
    expect(among('jose')).toEqual([]);
  });
});
