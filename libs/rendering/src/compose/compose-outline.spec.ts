import { outlineOfSections, type OutlineSection, sectionKeys, sections } from '#domain';
import { hostileStrings, richReport, rowsPart, samplePng, templateSection, withOutline } from '#testing';
import { composeReport } from './compose-report.ts';
import { composeFindings } from './findings-composer.ts';
import { digestOf } from '../model/findings-digest.ts';
import type { Anchor, Block, ReportContent, SectionContent } from '../model/report-content.ts';

function composed(
  outline: readonly OutlineSection[],
  images: Readonly<Record<string, Uint8Array>> = {},
): ReportContent {
  const { facts, findings } = withOutline(richReport({}, 3), outline, images);
  return composeReport(facts, digestOf(composeFindings(facts, findings)));
}

const anchorsOf = (all: readonly SectionContent[]): Anchor[] =>
  all.flatMap((section) => [
    section.anchor,
    ...section.blocks.flatMap((block) => (block.kind === 'heading' && block.anchor ? [block.anchor] : [])),
  ]);
const words = (blocks: readonly Block[]): string => JSON.stringify(blocks);

describe('composing an outline', () => {
  it('makes the sections of a preset with the titles and anchors of their keys', () => {
    const all = composed(outlineOfSections(sectionKeys)).sections;
    expect(all.map(({ title, anchor, number }) => ({ title, anchor, number }))).toEqual(
      sectionKeys.map((key, index) => ({
        title: sections[key].title,
        anchor: `section-${key}`,
        number: String(index + 1),
      })),
    );
  });

  it('prints a template’s own title, on one line and never empty', () => {
    const titles = composed([
      templateSection('  Mine\nand yours ', [rowsPart('findings')]),
      templateSection(' \n', [{ kind: 'text', text: 'x' }]),
      templateSection('', [rowsPart('findings')], 'findings'),
      templateSection('x'.repeat(5000), []),
    ]).sections.map((section) => section.title);
    expect(titles.slice(0, 3)).toEqual(['Mine and yours', 'Untitled section', 'Findings']);
    expect(titles[3]).toMatch(/^x{200} \[… 4,740 characters left out …\] x{60}$/);
  });

  it('keeps parts in their order and gives rows of several kinds a heading each', () => {
    const [section] = composed([
      templateSection('Both', [
        { kind: 'text', text: 'before' },
        rowsPart('severity_breakdown'),
        { kind: 'table', title: null, columns: ['a'], rows: [['between']] },
        rowsPart('transform_effectiveness'),
        { kind: 'text', text: 'after' },
      ]),
    ]).sections;
    const blocks = section?.blocks ?? [];
    expect(blocks.filter((block) => block.kind === 'heading')).toMatchObject([
      { number: '1.1', text: 'Severity Breakdown', anchor: 'section-severity_breakdown' },
      { number: '1.2', text: 'Transform Effectiveness', anchor: 'section-transform_effectiveness' },
      { number: '1.2.1', minor: true },
      { number: '1.2.2', minor: true },
    ]);
    expect(blocks.map((block) => block.kind)).toEqual([
      ...['prose', 'heading', 'prose', 'severity_bar', 'table', 'prose', 'prose', 'static_table'],
      ...blocks.slice(8, -1).map((block) => block.kind),
      'prose',
    ]);
    expect(words(blocks.slice(0, 1))).toContain('before');
    expect(words(blocks.slice(-1))).toContain('after');
  });

  it('names every place once, and a part that comes again leads to its own places', () => {
    const content = composed([
      templateSection('One', [rowsPart('compliance', ['owasp_llm_top_10'])]),
      templateSection('Two', [rowsPart('compliance', ['owasp_llm_top_10', 'google_saif'])]),
      templateSection('Three', [rowsPart('recommendations'), rowsPart('recommendations'), rowsPart('findings')]),
      templateSection('Four', [rowsPart('findings'), rowsPart('evidence')]),
    ]);
    const anchors = anchorsOf(content.sections);
    expect(new Set(anchors).size).toBe(anchors.length);
    expect(anchors).toContain('framework-google_saif');
    const [first, second] = content.sections;
    expect(words(first?.blocks ?? [])).toContain('"pageOf":"framework-owasp_llm_top_10"');
    expect(words(second?.blocks ?? [])).not.toContain('"pageOf":"framework-owasp_llm_top_10"');
    expect(words(second?.blocks ?? [])).toMatch(/"pageOf":"again-\d+-framework-owasp_llm_top_10"/);
    expect(content.sections[3]?.blocks.find((block) => block.kind === 'findings_table')).toHaveProperty('again');
    expect(content.sections[2]?.blocks.find((block) => block.kind === 'findings_table')).not.toHaveProperty('again');
  });

  it('shows of compliance what the part asks for, and never a framework whose rows were not read', () => {
    const content = composed([
      templateSection('A', [rowsPart('compliance', ['google_saif'])]),
      templateSection('B', [rowsPart('compliance', ['of_nobody'])]),
      templateSection('C', [rowsPart('compliance', [])]),
    ]);
    const headings = content.sections.map(
      (section) => section.blocks.filter((block) => block.kind === 'heading').length,
    );
    expect(headings).toEqual([1, 0, 5]);
    expect(words(content.sections[1]?.blocks ?? [])).not.toContain('not_tested');
  });

  it('keeps every text of a hostile template as text', () => {
    const all = hostileStrings.join('\n');
    const content = composed([
      templateSection(all, [
        { kind: 'text', text: all },
        { kind: 'table', title: all, columns: [all], rows: [[all, all, 1, null, false]] },
        { kind: 'image', image: 'constructor', caption: all, width: 1 },
      ]),
    ]);
    const [section] = content.sections;
    const [table] = section?.blocks.filter((block) => block.kind === 'static_table') ?? [];
    expect(table?.columns).toHaveLength(5);
    expect(table?.rows[0]?.map((cell) => cell.lines[0]?.[0]?.text.split('\n').length)).toEqual([19, 19, 1, 1, 1]);
    expect(words(section?.blocks.slice(-1) ?? [])).toContain('could not be read');
  });

  it('splits paragraphs at blank lines of any system and keeps single line ends', () => {
    const [section] = composed([
      templateSection('T', [{ kind: 'text', text: '\r\nfirst\r\nline\r\n \r\n\r\n  second \n\n' }]),
    ]).sections;
    expect(section?.blocks.map((block) => (block.kind === 'prose' ? block.inline[0]?.text : null))).toEqual([
      'first\nline',
      'second',
    ]);
  });

  it('takes pictures that are pictures', () => {
    const [section] = composed(
      [
        templateSection('P', [
          { kind: 'image', image: 'good', caption: null, width: null },
          { kind: 'image', image: 'bad', caption: 'The second', width: 0.5 },
        ]),
      ],
      { good: samplePng(30, 20), bad: samplePng(30, 20).slice(0, 60) },
    ).sections;
    expect(section?.blocks[0]).toMatchObject({ kind: 'image', image: { width: 30, height: 20 } });
    expect(words(section?.blocks.slice(1) ?? [])).toContain(
      'The image “The second” of the template could not be read.',
    );
  });
});
