import type { Claim, FindingsFilter } from '#domain';

/** A report of format `json`, as far as the audit reads it by name; the rest it walks through. */
export interface ReportJson {
  readonly report: {
    readonly id: string;
    readonly project: string;
    readonly targets: readonly string[];
    readonly include_adversarial: boolean;
    readonly filter: FindingsFilter;
    readonly finding_count: number;
  };
  readonly figures: Readonly<Record<string, unknown>>;
  readonly findings: readonly FindingJson[];
  readonly glance: Readonly<Record<string, unknown>>;
  readonly sections: readonly SectionJson[];
  readonly integrity: Omit<SectionJson, 'key'>;
  readonly claims: readonly { readonly place: string; readonly text: string; readonly claim: Claim }[];
}

export interface SectionJson {
  readonly number: string;
  readonly title: string;
  readonly lead: string;
  readonly blocks: readonly BlockJson[];
}

export interface BlockJson {
  readonly kind: string;
  readonly [field: string]: unknown;
}

export interface TableJson {
  readonly columns: readonly { readonly title: string; readonly subtitle?: string }[];
  readonly rows: readonly (readonly string[])[];
  readonly total?: readonly string[];
}

export interface FindingJson {
  readonly id: string;
  readonly rank: number;
  readonly title: string;
  readonly severity: string | null;
  readonly severity_source: string | null;
  readonly why_this_severity: string;
  readonly category: string;
  readonly outcome: string;
  readonly finding_type: string;
  readonly status: string;
  readonly goal: string | null;
  readonly attack: string;
  readonly transforms: readonly string[];
  /** Null of a hit log. */
  readonly trials: number | null;
  readonly succeeded_trials: number;
  readonly not_assessed_trials: number;
  readonly best_score: number | null;
  readonly assessment: string;
  readonly target_model: string | null;
  readonly source_ref: string | null;
  readonly detail: readonly { readonly label: string; readonly blocks: readonly BlockJson[] }[];
}

/** Titles that sections have where no template gives others, and the key by which claims name their place. */
export const sectionTitles: Readonly<Record<string, string>> = {
  'Executive Summary': 'executive_summary',
  'Risk Score & Key Metrics': 'risk_score_metrics',
  'Severity Breakdown': 'severity_breakdown',
  'Attack Success Rate by Attack': 'asr_by_attack',
  'Attack Success Rate by Category': 'asr_by_category',
  'Attack Success Rate by Goal': 'asr_by_goal',
  'Transform Effectiveness': 'transform_effectiveness',
  'Compliance Coverage': 'compliance',
  Findings: 'findings',
  Evidence: 'evidence',
  Recommendations: 'recommendations',
  'Scope & Method': 'methodology',
};

/** Every value below, with its path. */
export function* walk(value: unknown, path = ''): Generator<readonly [path: string, value: unknown]> {
  yield [path, value];
  if (Array.isArray(value)) for (const [index, one] of value.entries()) yield* walk(one, `${path}[${index}]`);
  else if (isRecord(value)) for (const [key, one] of Object.entries(value)) yield* walk(one, `${path}.${key}`);
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** As a reader sees it: spaces that hold words together are spaces. */
export const asRead = (text: string): string =>
  text
    .replace(/[\u00a0\u202f]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** What stands in a place, as texts; texts that a source wrote (prompts, answers) are left out. */
export function textsOf(blocks: readonly unknown[]): readonly string[] {
  const texts: string[] = [];
  const add = (text: unknown): void => {
    if (typeof text === 'string' && text !== '') texts.push(asRead(text));
  };
  const visit = (block: unknown): void => {
    if (!isRecord(block)) return;
    const { kind } = block;
    if (kind === 'evidence' || kind === 'turns' || kind === 'static_table') return;
    for (const field of ['text', 'note', 'lead', 'title', 'empty']) add(block[field]);
    for (const field of ['rows', 'tiles', 'actions', 'blocks']) {
      const list = block[field];
      if (!Array.isArray(list) || kind === 'table') continue;
      for (const one of list as readonly unknown[]) {
        visit(one);
        if (isRecord(one) && kind === 'tiles')
          for (const line of [one['value'], ...(one['lines'] as string[])]) add(line);
        if (isRecord(one) && kind === 'states') add(one['meaning']);
        if (isRecord(one) && kind === 'actions') for (const name of ['findings', 'frameworks']) add(one[name]);
      }
    }
  };
  for (const block of blocks) visit(block);
  return texts;
}

/** Places of a report with their texts: of glance, sections and integrity. */
export function placesOf(report: ReportJson): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, readonly string[]>();
  const { verdict, banner, risk, asr, outcomes, severity, targets, worst, facts, ...rest } = report.glance;
  const glance: string[] = [];
  for (const part of [verdict, banner]) if (typeof part === 'string') glance.push(asRead(part));
  for (const part of [risk, asr, outcomes, severity]) {
    if (!isRecord(part)) continue;
    for (const [, value] of walk(part)) if (typeof value === 'string') glance.push(asRead(value));
  }
  // Numbers of its cells are held against the rows as those of every table are.
  for (const [, value] of walk(targets))
    if (typeof value === 'string' && /\p{L}/u.test(value)) glance.push(asRead(value));
  if (isRecord(worst)) glance.push(...textsOf([{ ...worst, kind: 'table' }]));
  for (const [, value] of walk([facts, rest])) if (typeof value === 'string') glance.push(asRead(value));
  places.set('glance', glance);
  for (const section of report.sections) {
    const place = sectionTitles[section.title] ?? section.title;
    places.set(place, [asRead(section.lead), ...textsOf(section.blocks)]);
  }
  places.set('integrity', [asRead(report.integrity.lead), ...textsOf(report.integrity.blocks)]);
  return places;
}

export function* tablesOf(report: ReportJson): Generator<readonly [place: string, table: TableJson]> {
  const inside: readonly (readonly [string, unknown])[] = [
    ['glance', report.glance],
    ...report.sections.map((section) => [sectionTitles[section.title] ?? section.title, section.blocks] as const),
  ];
  for (const [place, part] of inside)
    for (const [, value] of walk(part))
      if (isRecord(value) && value['kind'] === 'table') yield [place, value as unknown as TableJson];
}
