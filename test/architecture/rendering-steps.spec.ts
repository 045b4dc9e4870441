import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';
import steps from '../../libs/rendering/steps.json' with { type: 'json' };

const sources = join(__dirname, '../../libs/rendering/src');

/** Each file with the files of the library that it imports. */
type Imports = ReadonlyMap<string, readonly string[]>;

const files = (readdirSync(sources, { recursive: true }) as string[])
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && !file.includes('spec-support/'));

const imports: Imports = new Map(
  files.map((file) => {
    const { importedFiles } = ts.preProcessFile(readFileSync(join(sources, file), 'utf8'));
    const named = importedFiles.map(({ fileName }) => fileName).filter((name) => name.startsWith('.'));
    return [file, named.map((name) => posix.join(posix.dirname(file), name))];
  }),
);

const stepOf = (file: string): string => posix.dirname(file);

/** Arrows of the graph, as far as the walk from a file comes. */
function walk(from: string, graph: Imports): readonly (readonly [string, string])[] {
  const arrows: [string, string][] = [];
  const seen = new Set([from]);
  for (const file of seen) {
    for (const imported of graph.get(file) ?? []) {
      arrows.push([file, imported]);
      seen.add(imported);
    }
  }
  return arrows;
}

/** Arrows that lead from a step to one that comes after it. */
const turningBack = (arrows: readonly (readonly [string, string])[]): readonly string[] =>
  arrows
    .filter(([from, to]) => stepOf(from) !== stepOf(to) && !(steps.indexOf(stepOf(to)) < steps.indexOf(stepOf(from))))
    .map(([from, to]) => `${from} → ${to}`);

/** Steps that know each other. */
function mutual(graph: Imports): readonly string[] {
  const pairs = new Set<string>();
  for (const [from, all] of graph) for (const to of all) pairs.add(`${stepOf(from)} ↔ ${stepOf(to)}`);
  return [...pairs].filter((pair) => {
    const [one = '', other = ''] = pair.split(' ↔ ');
    return one < other && pairs.has(`${other} ↔ ${one}`);
  });
}

/** Texts of several words that a file's literals hold; tags of HTML part them. */
function wordsIn(file: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      found.push(...node.text.split(/<[^>]*>?|"[^"]*>/).map((text) => text.trim()));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(join(sources, file), 'utf8'), ts.ScriptTarget.Latest));
  return found.filter((text) => /^[^=;{}]* [^=;{}]*$/.test(text) && /\p{L}{2,}/u.test(text));
}

const wordsOf = (folder: string): ReadonlySet<string> =>
  new Set(files.filter((file) => file.startsWith(folder)).flatMap(wordsIn));

const planted = (from: string, to: string): Imports =>
  new Map([...imports, [from, [...(imports.get(from) ?? []), to]]]);

const pipeline = 'pipeline/report-writers.ts';
const lastMarks = ['layout/strips/marks.ts', 'writers/pdf/draw-page.ts', 'writers/pdf/packing/pack.ts'];

describe('the way of a report through the folders of rendering', () => {
  it('leads from writePdfReport to the last mark without a step back', () => {
    expect(readFileSync(join(sources, pipeline), 'utf8')).toContain('function* writePdfReport(');
    const arrows = walk(pipeline, imports);
    expect(arrows.map(([, to]) => to)).toEqual(expect.arrayContaining(lastMarks));
    expect(turningBack(arrows)).toEqual([]);
  });

  it('is the same for what stands above the pipeline: threads and the estimate', () => {
    for (const top of ['pool/render.worker.ts', 'pool/rendering-pool.ts', 'estimate/estimate-pages.ts'])
      expect(turningBack(walk(top, imports))).toEqual([]);
  });

  it('has no two folders that import each other, and a place for each folder', () => {
    expect(mutual(imports)).toEqual([]);
    expect([...new Set(files.map(stepOf))].sort()).toEqual([...steps, '.'].sort());
  });

  it('would not hide an arrow that leads back', () => {
    const graph = planted('typesetting/measure.ts', 'layout/strips/marks.ts');
    expect(turningBack(walk(pipeline, graph))).toEqual(['typesetting/measure.ts → layout/strips/marks.ts']);
    expect(mutual(graph)).toEqual(['layout/strips ↔ typesetting']);
  });

  it('has each text that PDF and HTML print once, in the model', () => {
    const [paper, screen, model] = [wordsOf('layout/'), wordsOf('writers/html/'), wordsOf('model/')];
    expect([...model]).toEqual(expect.arrayContaining(['helps the target', 'do not run', '95 % interval']));
    expect([...paper, ...screen].filter((text) => model.has(text) || (paper.has(text) && screen.has(text)))).toEqual(
      [],
    );
  });
});
