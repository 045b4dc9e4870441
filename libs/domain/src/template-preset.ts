import { canonicalJson } from './canonical-json.ts';
import { brandingLengths, type ReportBranding, type ReportPreset } from './report-preset.ts';
import { type SectionKey, sections } from './sections.ts';
import type {
  RunningComponent,
  SectionComponent,
  SlotContent,
  TableSource,
  TemplateComponent,
  TemplateConfig,
  TemplateExtension,
} from './template-config.ts';
import { placedComponents, type RowsKind, rowsKinds, sectionOfKind } from './template-config.ts';
import { printable } from './text-forms.ts';

/** A preset as the components that it stands for: title, header, footer, and a tagged section for each checkbox. */
export function expandPreset(preset: ReportPreset): TemplateConfig {
  const { company_name, confidentiality_footer, logo_oid, report_title } = preset.branding;
  const components: TemplateComponent[] = [];
  if (report_title !== null) components.push({ type: 'title', id: 'title', content: report_title });
  if (logo_oid !== null || company_name !== null) {
    components.push({
      type: 'header',
      id: 'header',
      ...(logo_oid !== null && { left: { type: 'image', fp: logo_oid } }),
      ...(company_name !== null && { center: { type: 'text', content: company_name } }),
    });
  }
  if (confidentiality_footer !== null) {
    components.push({ type: 'footer', id: 'footer', left: { type: 'text', content: confidentiality_footer } });
  }
  components.push(...preset.sections.map((key) => taggedSection(key, preset)));
  const extension = extensionOf(preset);
  return {
    schema_version: 1,
    format: preset.format,
    style: preset.style,
    components,
    ...(Object.keys(extension).length > 0 && { extension }),
  };
}

function taggedSection(key: SectionKey, preset: ReportPreset): SectionComponent {
  return {
    type: 'section',
    id: `section-${key}`,
    title: sections[key].title,
    preset_key: key,
    components: [{ type: 'table', id: `table-${key}`, source: sourceOf(key, preset) }],
  };
}

function sourceOf(key: SectionKey, preset: ReportPreset): TableSource {
  const kind = kindOfSection[key];
  switch (kind) {
    case 'findings':
      return { kind, filter: preset.filters };
    case 'compliance':
      return { kind, frameworks: preset.compliance_frameworks };
    default:
      return { kind };
  }
}

const kindOfSection = Object.fromEntries(rowsKinds.map((kind) => [sectionOfKind[kind], kind])) as Readonly<
  Record<SectionKey, RowsKind>
>;

function extensionOf(preset: ReportPreset): TemplateExtension {
  const has = (key: SectionKey): boolean => preset.sections.includes(key);
  return {
    ...(preset.evidence !== 'full' && { evidence: preset.evidence }),
    ...(preset.include_adversarial && { include_adversarial: true }),
    ...(!has('findings') && Object.keys(preset.filters).length > 0 && { filters: preset.filters }),
    ...(!has('compliance') &&
      preset.compliance_frameworks.length > 0 && { compliance_frameworks: preset.compliance_frameworks }),
  };
}

/**
 * The preset that a template's components show, read from the tags of its sections: the inverse of `expandPreset`. Of a
 * template that was changed by hand it is what can be read; null when no section has a tag.
 */
export function derivePreset(config: TemplateConfig): ReportPreset | null {
  const tagged = config.components.filter(
    (component): component is SectionComponent & { preset_key: SectionKey } =>
      component.type === 'section' && component.preset_key !== undefined,
  );
  if (tagged.length === 0) return null;
  const { extension = {} } = config;
  const sources = sourcesOf(config);
  return {
    sections: [...new Set(tagged.map(({ preset_key }) => preset_key))],
    compliance_frameworks: frameworksOf(sources) ?? extension.compliance_frameworks ?? [],
    filters: sources.find((source) => source.kind === 'findings')?.filter ?? extension.filters ?? {},
    branding: brandingOf(config),
    style: config.style,
    format: config.format,
    include_adversarial: extension.include_adversarial ?? false,
    evidence: extension.evidence ?? 'full',
  };
}

/** Whether the template says exactly what its preset says, and nothing besides. */
export function presetSaysAll(config: TemplateConfig): ReportPreset | null {
  const preset = derivePreset(config);
  return preset !== null && canonicalJson(expandPreset(preset)) === canonicalJson(config) ? preset : null;
}

/** Sources of all tables, in the order of the document. */
export function sourcesOf(config: TemplateConfig): readonly TableSource[] {
  return placedComponents(config.components).flatMap(({ component }) =>
    component.type === 'table' && component.source ? [component.source] : [],
  );
}

/** Every framework that a compliance table shows, each once; null when there is no such table. */
export function frameworksOf(sources: readonly TableSource[]): readonly string[] | null {
  const tables = sources.filter((source) => source.kind === 'compliance');
  return tables.length === 0 ? null : [...new Set(tables.flatMap(({ frameworks }) => frameworks))];
}

/** Id of the logo: the image at the left of the header. */
export function logoOf(config: TemplateConfig): string | null {
  const left = headerOf(config)?.left;
  return left?.type === 'image' ? left.fp : null;
}

/** The same template with another logo; its header is made when it has none. */
export function withLogo(config: TemplateConfig, logo: string): TemplateConfig {
  const left: SlotContent = { type: 'image', fp: logo };
  if (headerOf(config)) {
    const components = config.components.map((component) =>
      component.type === 'header' ? { ...component, left } : component,
    );
    return { ...config, components };
  }
  // Where a preset has it, so that what a preset made stays readable as one.
  const place = config.components.filter(({ type }) => type === 'title' || type === 'authors').length;
  const header: RunningComponent<'header'> = { type: 'header', id: freeId(config, 'header'), left };
  return { ...config, components: config.components.toSpliced(place, 0, header) };
}

function freeId(config: TemplateConfig, wanted: string): string {
  const taken = new Set(placedComponents(config.components).map(({ component }) => component.id));
  for (let id = wanted, count = 2; ; id = `${wanted}-${count}`, count += 1) if (!taken.has(id)) return id;
}

const headerOf = ({ components }: TemplateConfig): RunningComponent<'header'> | undefined =>
  components.find((component) => component.type === 'header');

/** Branding as far as the fields of a preset can hold it. */
export function brandingOf(config: TemplateConfig): ReportBranding {
  const title = config.components.find((component) => component.type === 'title');
  const footer = config.components.find((component) => component.type === 'footer');
  return {
    company_name: fitting(textOf(headerOf(config)?.center), brandingLengths.company_name),
    confidentiality_footer: fitting(textOf(footer?.left), brandingLengths.confidentiality_footer),
    logo_oid: logoOf(config),
    report_title: fitting(title?.content, brandingLengths.report_title),
  };
}

const textOf = (slot: SlotContent | undefined): string | undefined =>
  slot?.type === 'text' ? slot.content : undefined;

const fitting = (text: string | undefined, longest: number): string | null =>
  text !== undefined && text.trim() !== '' && lengthOf(text) <= longest && printable.test(text) ? text : null;

/** As validation of a preset counts: code points, presentation selectors left out. */
const lengthOf = (text: string): number => Array.from(text.replace(/[\uFE0E\uFE0F]/g, '')).length;
