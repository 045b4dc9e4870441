import {
  type EvidenceLevel,
  frameworks,
  type OutlinePart,
  type OutlineSection,
  type ReportStyleFacts,
  type RowSource,
  type SectionKey,
} from '#domain';
import { geometries } from '../theme/geometry.ts';

/** What the length of a report depends on. */
export interface ReportCounts {
  readonly outline: readonly OutlineSection[];
  readonly style: ReportStyleFacts;
  readonly evidence: EvidenceLevel;
  /** Chosen frameworks; empty: all. */
  readonly frameworks: readonly string[];
  /** Rows of each source; one that is not counted has none. */
  readonly rows: Readonly<Partial<Record<RowSource, number>>>;
  /** Mean characters of a finding: goal, prompts, answer, reasoning, notes and turns of its best trial. */
  readonly characters_per_finding: number;
}

interface PageEstimate {
  readonly pages: number;
  /** To render and store it, once a worker has begun. */
  readonly seconds: number;
}

/** Cover, at a glance, contents; integrity at the end. */
const fixedPages = 4;
/** Of an A4 page at 11 points. */
const pageHeight = 717;
const tableRow = 19.5;
const rowsPerPage = 17.5;
/** A detail without its texts, and what a character adds. Pages begin anew where a third is not left. */
const detail = { full: 0.67, masked: 0.67, none: 0.5, character: 0.000215 } as const;
/** Fields longer than this are shortened. */
const longestTexts = 40_000;

/** A rendering thread needs this long for any report, and then for each page; storing is counted as well. */
const cost = { start: 1, page: 0.004 } as const;

/**
 * Pages and seconds of a report by the counts of its rows, for a user who wonders before building. Pages were within
 * ±10 % of the real ones for the sample reports from 0 to 400 findings, at 6 to 24 points, in all fonts, on both papers
 * and at all evidence levels; data unlike them (long goals, long names) may be further off. Seconds are those of an idle
 * core; a queue comes on top.
 */
export function estimatePages(counts: ReportCounts): PageEstimate {
  let pages = fixedPages + (counts.style.font_size > 15 ? 2 : 0);
  let shared = 0;
  for (const section of counts.outline) {
    const length = sectionLength(section, counts);
    if (section.parts.some(isStreamed)) {
      pages += Math.ceil(shared) + Math.max(1, Math.ceil(length));
      shared = 0;
    } else shared += length + sharedWaste;
  }
  pages += Math.ceil(shared);
  return { pages, seconds: Math.round((cost.start + pages * cost.page) * 10) / 10 };
}

const bounded = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** Sections that findings fill begin a page; the others follow one another. */
const isStreamed = (part: OutlinePart): boolean =>
  part.kind === 'rows' && (part.section === 'findings' || part.section === 'evidence');

/** Of a page: what a section leaves empty, because charts are whole and heads stay with what follows. */
const sharedWaste = 0.02;

/** In pages. */
const sectionLength = ({ parts }: OutlineSection, counts: ReportCounts): number =>
  parts.reduce((sum, part) => sum + partLength(part, counts), parts.length > 1 ? 0.05 : 0);

function partLength(part: OutlinePart, counts: ReportCounts): number {
  const { size, table } = factors(counts.style);
  switch (part.kind) {
    case 'rows':
      return rowsLength(part.section, part.frameworks ?? [], counts);
    case 'text':
      return (0.03 + part.text.length / 3200) * size;
    case 'table':
      return ((40 + tableRow * part.rows.length) / pageHeight) * table;
    case 'image':
      return 0.35;
  }
}

/** How much longer than at 11 points on A4 in Helvetica: running text and details, and tables, whose type grows less. */
function factors({ font, font_size, paper }: ReportStyleFacts): { readonly size: number; readonly table: number } {
  const height = geometries[paper].contentBottom - geometries[paper].contentTop;
  const shape = (pageHeight / height) ** 2 * { Helvetica: 1, 'Times-Roman': 1.08, Courier: 0.97 }[font];
  const scale = font_size / 11;
  return { size: bounded(scale, 0.68, 1.95) * shape, table: bounded(scale, 0.66, 1.7) * shape };
}

function rowsLength(key: SectionKey, shown: readonly string[], counts: ReportCounts): number {
  const rows = (source: RowSource): number => counts.rows[source] ?? 0;
  const { size, table } = factors(counts.style);
  switch (key) {
    case 'recommendations':
      return (rows('finding_categories') > 0 ? 0.75 : 0.15) * size;
    case 'executive_summary':
    case 'severity_breakdown':
      return 0.45 * size;
    case 'risk_score_metrics':
      return (0.35 + 0.09 * rows('assessments')) * table;
    case 'asr_by_attack':
    case 'asr_by_category':
    case 'asr_by_goal': {
      // Chart, then table: of more than 60 rows the chart shows 40.
      const charted = rows(key) > 60 ? 40 : rows(key);
      return (
        ((150 + 14.5 * charted) / pageHeight) * Math.min(1.2, table) + ((tableRow * rows(key)) / pageHeight) * table
      );
    }
    case 'transform_effectiveness':
      // Without a second list of transforms there is nothing to compare.
      return rows('asr_by_transform') > 1 ? (0.6 + 0.03 * rows('asr_by_transform')) * Math.min(1.3, table) : 0.15;
    case 'compliance': {
      const own = shown.length > 0 ? shown.length : counts.frameworks.length;
      return (0.2 + 0.53 * (own > 0 ? own : frameworks.length)) * Math.min(1.4, table);
    }
    case 'findings':
      return 0.1 + (rows('findings') / rowsPerPage) * table;
    case 'evidence': {
      const texts = counts.evidence === 'none' ? 0 : Math.min(counts.characters_per_finding, longestTexts);
      return 0.1 + rows('findings') * (detail[counts.evidence] + detail.character * texts) * size;
    }
    case 'methodology':
      return (0.9 + 0.024 * rows('asr_by_attack') + 0.1 * rows('assessments')) * table;
  }
}
