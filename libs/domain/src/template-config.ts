import type { FindingsFilter, ReportStyleFacts } from './report-facts.ts';
import type { SectionKey } from './sections.ts';
import type { EvidenceLevel, ReportFormat } from './vocabulary.ts';

/** What a template stores: the tree of components that make up a report, complete with ids and defaults. */
export interface TemplateConfig {
  readonly schema_version: 1;
  readonly format: ReportFormat;
  readonly style: ReportStyleFacts;
  readonly components: readonly TemplateComponent[];
  readonly extension?: TemplateExtension;
}

/** What has no place in the documented components. Absent fields have the defaults of a preset. */
export interface TemplateExtension {
  readonly evidence?: EvidenceLevel;
  readonly include_adversarial?: boolean;
  /** Of a report without a findings table, which would carry it. */
  readonly filters?: FindingsFilter;
  /** Of a report without a compliance table, which would carry them. */
  readonly compliance_frameworks?: readonly string[];
}

export type TemplateComponent =
  | TextComponent<'title'>
  | TextComponent<'authors'>
  | RunningComponent<'header'>
  | RunningComponent<'footer'>
  | SectionComponent
  | SectionPart;

/** What a section is made of; it may stand outside of one, too. */
export type SectionPart = TextComponent<'text'> | ImageComponent | TableComponent;

/** Exactly one of `content` (static) and `instructions` (for a writer that this service does not have). */
export interface TextComponent<Type extends 'title' | 'authors' | 'text'> {
  readonly type: Type;
  readonly id: string;
  readonly content?: string;
  readonly instructions?: string;
}

export interface ImageComponent {
  readonly type: 'image';
  readonly id: string;
  /** Id of an uploaded PNG. */
  readonly fp: string;
  /** Share of the text's width, above 0 to 1. */
  readonly width?: number;
  readonly caption?: string;
}

/** Exactly one of `data` and `source`. */
export interface TableComponent {
  readonly type: 'table';
  readonly id: string;
  readonly title?: string;
  readonly data?: StaticTable;
  readonly source?: TableSource;
}

export interface SectionComponent {
  readonly type: 'section';
  readonly id: string;
  readonly title: string;
  /** Checkbox of the preset that made it. */
  readonly preset_key?: SectionKey;
  readonly components: readonly SectionPart[];
}

/** Running header or footer of every page. */
export interface RunningComponent<Type extends 'header' | 'footer'> {
  readonly type: Type;
  readonly id: string;
  readonly left?: SlotContent;
  readonly center?: SlotContent;
  readonly right?: SlotContent;
}

export const slotNames = ['left', 'center', 'right'] as const;

export type SlotContent =
  { readonly type: 'text'; readonly content: string } | { readonly type: 'image'; readonly fp: string };

export type StaticCell = string | number | boolean | null;

export interface StaticTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly StaticCell[])[];
}

export type TableSource =
  | { readonly kind: 'findings'; readonly filter: FindingsFilter }
  | { readonly kind: 'compliance'; readonly frameworks: readonly string[] }
  | ({ readonly kind: 'static' } & StaticTable)
  | { readonly kind: Exclude<RowsKind, 'findings' | 'compliance'> };

/** Kinds of tables that are filled with rows of the project, and the section that draws each. */
export const sectionOfKind = {
  findings: 'findings',
  asr_by_attack: 'asr_by_attack',
  asr_by_category: 'asr_by_category',
  asr_by_transform: 'transform_effectiveness',
  severity_breakdown: 'severity_breakdown',
  risk_score_metrics: 'risk_score_metrics',
  compliance: 'compliance',
  asr_by_goal: 'asr_by_goal',
  recommendations: 'recommendations',
  executive_summary: 'executive_summary',
  evidence: 'evidence',
  methodology: 'methodology',
} as const satisfies Readonly<Record<string, SectionKey>>;
export type RowsKind = keyof typeof sectionOfKind;

export const rowsKinds = Object.keys(sectionOfKind) as readonly RowsKind[];

/** Every component with where it stands below `components`, sections before their parts. */
export function placedComponents(
  components: readonly TemplateComponent[],
): { readonly component: TemplateComponent; readonly loc: readonly (string | number)[] }[] {
  return components.flatMap((component, index) => [
    { component, loc: ['components', index] },
    ...(component.type === 'section'
      ? component.components.map((part, place) => ({
          component: part,
          loc: ['components', index, 'components', place],
        }))
      : []),
  ]);
}

/** Every image that a template shows, in components and in slots, with where its id stands. */
export function placedImages(
  config: TemplateConfig,
): { readonly fp: string; readonly loc: readonly (string | number)[] }[] {
  return placedComponents(config.components).flatMap(({ component, loc }) => {
    if (component.type === 'image') return [{ fp: component.fp, loc: [...loc, 'fp'] }];
    if (component.type !== 'header' && component.type !== 'footer') return [];
    return slotNames.flatMap((name) => {
      const slot = component[name];
      return slot?.type === 'image' ? [{ fp: slot.fp, loc: [...loc, name, 'fp'] }] : [];
    });
  });
}
