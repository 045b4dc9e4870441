import { AppError, completeFilter, completeStyle, type Problem } from '#contracts';
import {
  type FindingsFilter,
  placedComponents,
  type SectionKey,
  type SectionPart,
  sections,
  type SlotContent,
  slotNames,
  type StaticTable,
  storable,
  type TableSource,
  type TemplateComponent,
  type TemplateConfig,
  type TemplateExtension,
} from '#domain';
import type {
  Component,
  ReportTemplateSchema,
  RunningComponent,
  SectionChild,
  SectionComponent,
  TableComponent,
  TextBearingComponent,
} from './template-config.dto.ts';
import { templateLimits } from './template-limits.ts';
import type { StaticTableData, TableDataSource } from './template-table.dto.ts';

type Loc = readonly (string | number)[];

/**
 * A validated component tree as it is stored: ids and defaults in place, nulls left out. Throws `invalid` with every
 * fault that one field alone cannot show; `loc` is where the tree stands in the request.
 */
export function completeConfig(config: ReportTemplateSchema, loc: Loc = ['body', 'config']): TemplateConfig {
  return new ConfigReader(loc).read(config);
}

class ConfigReader {
  private readonly problems: Problem[] = [];
  private readonly ids = new Map<string, Loc>();
  private readonly single = new Set<string>();
  private readonly tags = new Set<SectionKey>();
  private nodes = 0;
  private cells = 0;

  constructor(private readonly root: Loc) {}

  read(config: ReportTemplateSchema): TemplateConfig {
    const loc = [...this.root, 'components'];
    config.components.forEach((component, index) => {
      this.noteIds(component, [...loc, index]);
    });
    const components = config.components.map((component, index) => this.component(component, [...loc, index]));
    const extension = this.extension(config, components);
    const complete: TemplateConfig = {
      schema_version: 1,
      format: config.format ?? 'pdf',
      style: completeStyle(config.style),
      components,
      ...(Object.keys(extension).length > 0 && { extension }),
    };
    if (this.nodes > templateLimits.nodes) {
      this.refuse(loc, `must not hold more than ${templateLimits.nodes} components in all`, 'too_many');
    }
    if (this.cells > templateLimits.cells) {
      this.refuse(loc, `must not hold more than ${templateLimits.cells} table cells in all`, 'too_many');
    }
    if (Buffer.byteLength(JSON.stringify(complete)) > templateLimits.bytes) {
      this.refuse(this.root, `must not be larger than ${templateLimits.bytes} bytes`, 'too_large');
    }
    if (this.problems.length > 0) throw new AppError('invalid', { errors: this.problems.slice(0, 50) });
    return complete;
  }

  /** Given ids first: one that is made up must not take the name of a later one. */
  private noteIds(component: Component, loc: Loc): void {
    this.nodes += 1;
    if (typeof component.id === 'string') {
      if (this.ids.has(component.id)) this.refuse([...loc, 'id'], 'must be unique in the template', 'unique');
      this.ids.set(component.id, loc);
    }
    if (component.type !== 'section') return;
    component.components.forEach((part, index) => {
      this.noteIds(part, [...loc, 'components', index]);
    });
  }

  private idOf({ id, type }: { id?: string | null; type: string }, loc: Loc): string {
    if (typeof id === 'string') return id;
    for (let count = 1; ; count += 1) {
      const made = `${type}-${count}`;
      if (this.ids.has(made)) continue;
      this.ids.set(made, loc);
      return made;
    }
  }

  private component(component: Component, loc: Loc): TemplateComponent {
    if (component.type !== 'section' && component.type in once) {
      if (this.single.has(component.type)) {
        this.refuse([...loc, 'type'], `a template holds one ${component.type} at most`, 'unique');
      }
      this.single.add(component.type);
    }
    switch (component.type) {
      case 'section':
        return this.section(component, loc);
      case 'header':
      case 'footer':
        return this.running(component, component.type, loc);
      case 'title':
      case 'authors':
        return { type: component.type, ...this.text(component, loc) };
      default:
        return this.part(component, loc);
    }
  }

  private part(component: SectionChild, loc: Loc): SectionPart {
    switch (component.type) {
      case 'image': {
        const { type, fp, width, caption } = component;
        const id = this.idOf(component, loc);
        return { type, id, fp, ...given({ width, caption }) };
      }
      case 'table':
        return this.table(component, loc);
      default:
        return { type: 'text', ...this.text(component, loc) };
    }
  }

  private text(component: TextBearingComponent, loc: Loc): { id: string; content?: string; instructions?: string } {
    const said = given({ content: component.content, instructions: component.instructions });
    this.exactlyOne(said, ['content', 'instructions'], loc);
    return { id: this.idOf(component, loc), ...said };
  }

  private table(component: TableComponent, loc: Loc): SectionPart {
    const { type, title, data, source } = component;
    const held = given({ data, source });
    this.exactlyOne(held, ['data', 'source'], loc);
    return {
      type,
      id: this.idOf(component, loc),
      ...given({ title }),
      ...(held.data && { data: this.staticTable(held.data, [...loc, 'data']) }),
      ...(held.source && { source: this.source(held.source, [...loc, 'source']) }),
    };
  }

  private source(source: TableDataSource, loc: Loc): TableSource {
    switch (source.kind) {
      case 'findings':
        return { kind: source.kind, filter: this.filter(source.filter ?? {}, [...loc, 'filter']) };
      case 'compliance':
        return { kind: source.kind, frameworks: source.frameworks };
      case 'static':
        return { kind: source.kind, ...this.staticTable(source, loc) };
      default:
        return { kind: source.kind };
    }
  }

  private staticTable({ columns, rows }: StaticTableData, loc: Loc): StaticTable {
    rows.forEach((row: unknown, index) => {
      const place = [...loc, 'rows', index];
      if (!Array.isArray(row) || row.length !== columns.length) {
        this.refuse(place, `must be a list of ${columns.length} cells`, 'row_length');
        return;
      }
      this.cells += row.length;
      row.forEach((cell: unknown, column) => {
        if (!isCell(cell)) {
          const msg = `must be null, a boolean, a number, or text of at most ${templateLimits.cell} characters`;
          this.refuse([...place, column], msg, 'cell');
        }
      });
    });
    return { columns, rows };
  }

  private section(component: SectionComponent, loc: Loc): TemplateComponent {
    const { type, preset_key, components } = component;
    const title = component.title ?? (preset_key ? sections[preset_key].title : undefined);
    if (title === undefined)
      this.refuse([...loc, 'title'], 'must be given for a section without preset_key', 'missing');
    if (preset_key) {
      if (this.tags.has(preset_key)) this.refuse([...loc, 'preset_key'], 'must be unique in the template', 'unique');
      this.tags.add(preset_key);
    }
    return {
      type,
      id: this.idOf(component, loc),
      title: title ?? '',
      ...given({ preset_key }),
      components: components.map((part, index) => this.part(part, [...loc, 'components', index])),
    };
  }

  private running<Type extends 'header' | 'footer'>(component: RunningComponent, type: Type, loc: Loc) {
    const held = slotNames.flatMap((name): [string, SlotContent][] => {
      const slot = component[name];
      if (!slot) return [];
      return [[name, slot.type === 'text' ? { type: 'text', content: slot.content } : { type: 'image', fp: slot.fp }]];
    });
    return {
      type,
      id: this.idOf(component, loc),
      ...(Object.fromEntries(held) as Partial<Record<'left', SlotContent>>),
    };
  }

  /** Defaults are left out, as the expansion of a preset leaves them out. */
  private extension({ extension }: ReportTemplateSchema, components: readonly TemplateComponent[]): TemplateExtension {
    if (!extension) return {};
    const loc = [...this.root, 'extension'];
    const filters = this.filter(extension.filters ?? {}, [...loc, 'filters']);
    const frameworks = extension.compliance_frameworks ?? [];
    const shown = new Set(
      placedComponents(components).flatMap(({ component }) =>
        component.type === 'table' && component.source ? [component.source.kind] : [],
      ),
    );
    if (Object.keys(filters).length > 0 && shown.has('findings')) {
      this.refuse([...loc, 'filters'], 'must be left to the findings table, which has a filter', 'conflict');
    }
    if (frameworks.length > 0 && shown.has('compliance')) {
      this.refuse([...loc, 'compliance_frameworks'], 'must be left to the compliance tables', 'conflict');
    }
    return {
      ...(extension.evidence && extension.evidence !== 'full' && { evidence: extension.evidence }),
      ...(extension.include_adversarial && { include_adversarial: true }),
      ...(Object.keys(filters).length > 0 && { filters }),
      ...(frameworks.length > 0 && { compliance_frameworks: frameworks }),
    };
  }

  private filter(filter: Parameters<typeof completeFilter>[0], loc: Loc): FindingsFilter {
    try {
      return completeFilter(filter, loc);
    } catch (error) {
      if (!(error instanceof AppError) || !error.context.errors) throw error;
      this.problems.push(...error.context.errors);
      return {};
    }
  }

  private exactlyOne(held: object, names: readonly string[], loc: Loc): void {
    if (Object.keys(held).length === 1) return;
    this.refuse(loc, `exactly one of ${names.join(' and ')} must be given`, 'exactly_one_of');
  }

  private refuse(loc: Loc, msg: string, type: string): void {
    this.problems.push({ loc, msg, type });
  }
}

const once = { title: true, authors: true, header: true, footer: true };

type Given<T> = { [K in keyof T]?: NonNullable<T[K]> };

function given<T extends object>(fields: T): Given<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
  ) as Given<T>;
}

const isCell = (cell: unknown): boolean =>
  cell === null ||
  typeof cell === 'boolean' ||
  typeof cell === 'number' ||
  (typeof cell === 'string' && cell.length <= templateLimits.cell && storable.test(cell));
