import { PNG } from 'pngjs';
import type { OutlinePart, OutlineSection, SectionKey } from '#domain';
import { pngSignature } from '#domain';
import { hostileStrings } from './extreme-reports.ts';
import type { SampleReport } from './sample-report.ts';
import { richReport } from './sample-report.ts';

/** A picture with a frame and a diagonal, on a ground that is half transparent. */
export function samplePng(width: number, height: number): Uint8Array {
  const png = new PNG({ width, height });
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const edge = Math.min(x, y, width - 1 - x, height - 1 - y) < Math.max(1, Math.min(width, height) / 20);
      const diagonal = Math.abs(x / width - y / height) < 0.04;
      png.data.set(edge || diagonal ? [0x1b, 0x3a, 0x5c, 255] : [0xdc, 0xe5, 0xee, 128], (y * width + x) * 4);
    }
  }
  return PNG.sync.write(png);
}

export const rowsPart = (section: SectionKey, frameworks?: readonly string[]): OutlinePart => ({
  kind: 'rows',
  section,
  ...(frameworks ? { frameworks } : {}),
});

export const templateSection = (
  title: string,
  parts: readonly OutlinePart[],
  key: SectionKey | null = null,
): OutlineSection => ({
  key,
  title,
  parts,
});

export const withOutline = (
  report: SampleReport,
  outline: readonly OutlineSection[],
  images: Readonly<Record<string, Uint8Array>> = {},
): SampleReport => ({ ...report, facts: { ...report.facts, outline, images } });

/** A template's report: texts, tables and pictures around rows, two kinds of rows in one section, rows that come twice. */
export function templateReport(findings = 8): SampleReport {
  const outline = [
    templateSection('Scope of this engagement', [
      {
        kind: 'text',
        text: 'Example Assurance tested the support assistant on behalf of its operator. The test ran against the staging system, with the configuration that later went live.\n\nTwo people worked on it for ten days.\nThey had no access to the source code.',
      },
      {
        kind: 'table',
        title: 'People',
        columns: ['Name', 'Role', 'Days', 'Since', 'On site'],
        rows: [
          ['A. Example', 'Lead, writes the report and answers for it', 6, 2019, true],
          ['B. Sample', 'Attacks', 4.5, 2023, false],
          ['C. Late', null, 0, null, null],
        ],
      },
      { kind: 'image', image: 'setup', caption: 'The test set-up: attacker, proxy, assistant and judge.', width: 0.6 },
    ]),
    templateSection('What we measured', [
      { kind: 'text', text: 'The same runs, counted in two ways.' },
      rowsPart('severity_breakdown'),
      rowsPart('transform_effectiveness'),
      { kind: 'text', text: 'Both leave out what was not assessed.' },
    ]),
    templateSection('Compliance Coverage', [rowsPart('compliance', ['owasp_llm_top_10'])], 'compliance'),
    templateSection('The other framework', [
      { kind: 'text', text: 'For the auditors alone.' },
      rowsPart('compliance', ['google_saif']),
    ]),
    templateSection('Custom findings', [
      rowsPart('findings'),
      rowsPart('evidence'),
      { kind: 'text', text: 'End of the findings.' },
    ]),
    templateSection('Findings once more', [
      rowsPart('findings'),
      { kind: 'image', image: 'setup', caption: null, width: null },
    ]),
    templateSection('Evidence once more', [rowsPart('evidence')], 'evidence'),
  ];
  return withOutline(richReport({}, findings), outline, { setup: samplePng(400, 220) });
}

/** A table with as many columns as a template may have. */
export const wideTable = (columns: number, rows: number): OutlinePart => ({
  kind: 'table',
  title: 'Everything at once',
  columns: Array.from({ length: columns }, (_, c) => `Column ${c + 1}`),
  rows: Array.from({ length: rows }, (_, r) =>
    Array.from({ length: columns }, (_, c) =>
      c === 0 ? `Row ${r + 1}` : c % 3 === 0 ? r * 1000 + c : `cell-${r + 1}-${c + 1}`,
    ),
  ),
});

/** Every text of a template tries to break out. */
export function hostileTemplateReport(): SampleReport {
  const all = hostileStrings.join('\n');
  const outline = [
    ...hostileStrings.map((text) => templateSection(text, [{ kind: 'text', text }])),
    templateSection(all, [
      { kind: 'text', text: `${all}\n\n${all}` },
      {
        kind: 'table',
        title: all,
        columns: [...hostileStrings],
        rows: [[...hostileStrings], hostileStrings.map(() => null)],
      },
      { kind: 'image', image: '__proto__', caption: all, width: 1 },
      { kind: 'image', image: 'broken', caption: all, width: Number.POSITIVE_INFINITY },
      { kind: 'image', image: 'tall', caption: all, width: 1 },
    ]),
    templateSection('', []),
    templateSection('Rows', [rowsPart('compliance', ['__proto__']), rowsPart('findings')]),
  ];
  const report = withOutline(richReport({}, 2), outline, {
    broken: new Uint8Array([...pngSignature, ...new Uint8Array(40)]),
    tall: samplePng(2, 4000),
  });
  const slots = { left: { text: all }, center: { text: hostileStrings[8] ?? '' }, right: { image: 'tall' } };
  return {
    ...report,
    facts: { ...report.facts, frontmatter: { authors: all, header: slots, footer: slots } },
  };
}

/** A template with authors, a header and a footer of its own, and a logo. */
export function brandedReport(logo: Uint8Array, findings = 3): SampleReport {
  const report = templateReport(findings);
  const frontmatter = {
    authors: 'A. Example and B. Sample, Example Assurance',
    header: {
      left: { image: 'logo' },
      center: { text: 'Example Assurance' },
      right: { text: 'Quarterly test, spring' },
    },
    footer: { left: { text: 'For the steering committee' }, right: { text: 'internal' } },
  };
  const images = { ...report.facts.images, logo };
  return { ...report, facts: { ...report.facts, frontmatter, images, logo } };
}
