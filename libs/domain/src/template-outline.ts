import { canonicalJson } from './canonical-json.ts';
import {
  type Frontmatter,
  type OutlinePart,
  type OutlineSection,
  rowKeysOf,
  type RunningSlot,
  type RunningSlots,
} from './outline.ts';
import type { ReportPreset } from './report-preset.ts';
import { type SectionKey, sections } from './sections.ts';
import {
  placedComponents,
  type RunningComponent,
  sectionOfKind,
  type SectionPart,
  type SlotContent,
  slotNames,
  type StaticTable,
  type TableComponent,
  type TemplateConfig,
  type TextComponent,
} from './template-config.ts';
import { brandingOf, derivePreset, frameworksOf, sourcesOf } from './template-preset.ts';

/** What a build of a template will do. */
interface TemplatePlan {
  readonly preset: ReportPreset;
  readonly outline: readonly OutlineSection[];
  readonly frontmatter: Frontmatter;
}

/** The plan of a template in its own words. Call it when `unsupportedComponents` found nothing. */
export function planTemplate(config: TemplateConfig): TemplatePlan {
  const outline = outlineOfTemplate(config);
  const { extension = {} } = config;
  const sources = sourcesOf(config);
  const branding = brandingOf(config);
  const tagged = derivePreset(config) !== null;
  return {
    preset: {
      sections: rowKeysOf(outline),
      compliance_frameworks: frameworksOf(sources) ?? extension.compliance_frameworks ?? [],
      filters: sources.find((source) => source.kind === 'findings')?.filter ?? extension.filters ?? {},
      // Header and footer of a template without tags are its own affair; what a preset put there the cover shows too.
      branding: {
        company_name: tagged ? branding.company_name : null,
        confidentiality_footer: tagged ? branding.confidentiality_footer : null,
        logo_oid: tagged ? branding.logo_oid : null,
        report_title: textOf(config.components.find((component) => component.type === 'title')),
      },
      style: config.style,
      format: config.format,
      include_adversarial: extension.include_adversarial ?? false,
      evidence: extension.evidence ?? 'full',
    },
    outline,
    frontmatter: {
      authors: textOf(config.components.find((component) => component.type === 'authors')),
      header: slotsOf(config.components.find((component) => component.type === 'header')),
      footer: slotsOf(config.components.find((component) => component.type === 'footer')),
    },
  };
}

/** Components that stand outside of sections, as many as follow each other, make a section of their own. */
function outlineOfTemplate({ components }: TemplateConfig): readonly OutlineSection[] {
  const outline: OutlineSection[] = [];
  let loose: SectionPart[] = [];
  const close = (): void => {
    if (loose.length > 0) {
      const title = titleOfLoose(loose) ?? (outline.length === 0 ? 'Preface' : 'Notes');
      outline.push({ key: null, title, parts: loose.map(partOf) });
    }
    loose = [];
  };
  for (const component of components) {
    if (component.type === 'section') {
      close();
      const { preset_key, title, components: parts } = component;
      outline.push({ key: preset_key ?? null, title, parts: parts.map(partOf) });
    } else if (component.type === 'text' || component.type === 'image' || component.type === 'table') {
      // A table of rows has a heading of its own: it begins a section.
      if (component.type === 'table' && rowsKey(component) !== null) close();
      loose.push(component);
    }
  }
  close();
  return outline;
}

function titleOfLoose(parts: readonly SectionPart[]): string | undefined {
  const [table] = parts.filter((part): part is TableComponent => part.type === 'table');
  const key = table && rowsKey(table);
  return table?.title ?? (key ? sections[key].title : undefined);
}

function rowsKey({ source }: TableComponent): SectionKey | null {
  return source === undefined || source.kind === 'static' ? null : sectionOfKind[source.kind];
}

function partOf(component: SectionPart): OutlinePart {
  switch (component.type) {
    case 'text':
      return { kind: 'text', text: component.content ?? '' };
    case 'image':
      return {
        kind: 'image',
        image: component.fp,
        caption: component.caption ?? null,
        width: component.width ?? null,
      };
    case 'table':
      return tablePart(component);
  }
}

function tablePart({ title, source, data }: TableComponent): OutlinePart {
  const table: StaticTable | undefined = source?.kind === 'static' ? source : data;
  if (table || source === undefined || source.kind === 'static') {
    return { kind: 'table', title: title ?? null, columns: table?.columns ?? [], rows: table?.rows ?? [] };
  }
  const section = sectionOfKind[source.kind];
  return source.kind === 'compliance'
    ? { kind: 'rows', section, frameworks: source.frameworks }
    : { kind: 'rows', section };
}

function textOf(component: TextComponent<'title' | 'authors'> | undefined): string | null {
  const text = component?.content?.replace(/\s+/g, ' ').trim() ?? '';
  return text === '' ? null : text;
}

function slotsOf(running: RunningComponent<'header' | 'footer'> | undefined): RunningSlots | null {
  if (!running) return null;
  return Object.fromEntries(
    slotNames.flatMap((name) => {
      const slot = running[name];
      return slot === undefined ? [] : [[name, runningSlot(slot)]];
    }),
  );
}

const runningSlot = (slot: SlotContent): RunningSlot =>
  slot.type === 'text' ? { text: slot.content } : { image: slot.fp };

/** A component that a template may hold and that cannot be built. */
interface UnsupportedComponent {
  readonly id: string;
  readonly loc: readonly (string | number)[];
  readonly reason: string;
}

/** What of a template cannot be built: texts still to be written, and findings narrowed in more than one way. */
export function unsupportedComponents({ components }: TemplateConfig): readonly UnsupportedComponent[] {
  let filter: string | undefined;
  return placedComponents(components).flatMap(({ component, loc }): UnsupportedComponent[] => {
    const { id } = component;
    if ('instructions' in component) return [{ id, loc, reason: 'relies on instructions, which are not followed' }];
    if (component.type !== 'table' || component.source?.kind !== 'findings') return [];
    const own = canonicalJson(component.source.filter);
    filter ??= own;
    // One stream of findings fills every table of a report.
    return own === filter ? [] : [{ id, loc, reason: 'has another filter than the first table of findings' }];
  });
}
