import { frameworks, type OutlinePart, type OutlineSection, sections } from '#domain';
import type { SectionBody, SectionComposer } from './sections/section-composer.ts';
import { adversarialMl } from './sections/adversarial-ml.ts';
import { sectionComposers } from './sections/section-composers.ts';
import { shortenName } from '../text/shorten-field.ts';
import { prose } from '../model/blocks.ts';
import { PlaceNames } from '../model/place-names.ts';
import type { Block, SectionContent } from '../model/report-content.ts';
import type { ReportSetting } from '../sentences/report-setting.ts';
import { imagePart, tablePart, textPart } from './static-parts.ts';

type RowsPart = Extract<OutlinePart, { kind: 'rows' }>;

const longestTitle = 300;

/** The sections of the outline in order, numbered from 1; results on classifiers, if wanted, come behind them. */
export function composeOutline(setting: ReportSetting): readonly SectionContent[] {
  const places = new PlaceNames();
  const sections = setting.facts.outline.map((section, index) =>
    composeSection(section, String(index + 1), setting, places),
  );
  const adversarial = setting.ledger.at('adversarial_ml', () => adversarialMl(setting, String(sections.length + 1)));
  return adversarial === null ? sections : [...sections, adversarial];
}

function composeSection(
  section: OutlineSection,
  number: string,
  setting: ReportSetting,
  places: PlaceNames,
): SectionContent {
  const rows = section.parts.filter((part) => part.kind === 'rows');
  const [only] = rows;
  const head = {
    anchor: places.claim(only && rows.length === 1 ? `section-${only.section}` : `section-number-${number}`),
    number,
    title: titleOf(section),
  };
  if (rows.length > 1) return { ...head, lead: [], blocks: severalBodies(section, number, setting, places) };
  const [first, ...others] = section.parts;
  if (!first) return { ...head, lead: [], blocks: [prose('text', 'This section of the template is empty.')] };
  if (first.kind === 'rows') {
    const { lead, blocks } = composeRows(first, number, setting);
    return {
      ...head,
      lead,
      blocks: [...places.claimAll(blocks), ...others.flatMap((part) => staticBlocks(part, setting))],
    };
  }
  const blocks = section.parts.flatMap((part): readonly Block[] => {
    if (part.kind !== 'rows') return staticBlocks(part, setting);
    const body = composeRows(part, number, setting);
    return [prose('lead', body.lead), ...places.claimAll(body.blocks)];
  });
  return { ...head, lead: [], blocks };
}

/** Rows of several kinds under one title: each kind has a heading of its own, and its own headings stand below that. */
function severalBodies(
  section: OutlineSection,
  number: string,
  setting: ReportSetting,
  places: PlaceNames,
): readonly Block[] {
  let count = 0;
  return section.parts.flatMap((part): readonly Block[] => {
    if (part.kind !== 'rows') return staticBlocks(part, setting);
    const own = `${number}.${++count}`;
    const { lead, blocks } = composeRows(part, own, setting);
    const anchor = places.claim(`section-${part.section}`);
    const below = places.claimAll(blocks).map(minor);
    return [{ kind: 'heading', number: own, text: partTitle(part), anchor }, prose('lead', lead), ...below];
  });
}

function minor(block: Block): Block {
  if (block.kind === 'heading') return { ...block, minor: true };
  return block.kind === 'finding_details' ? { ...block, below: true } : block;
}

function composeRows(part: RowsPart, number: string, setting: ReportSetting): SectionBody {
  const compose: SectionComposer = (own, at) =>
    setting.ledger.at(part.section, () => sectionComposers[part.section](own, at));
  const wanted = part.frameworks ?? [];
  if (part.section !== 'compliance' || wanted.length === 0) return compose(setting, number);
  const { facts } = setting;
  // Rows were read for the plan's frameworks alone: another one would wrongly be printed as not tested.
  const shown = facts.frameworks.length === 0 ? wanted : wanted.filter((key) => facts.frameworks.includes(key));
  if (shown.length === 0)
    return { lead: [{ text: 'None of the frameworks of this part was chosen for the report.' }], blocks: [] };
  return compose({ ...setting, facts: { ...facts, frameworks: shown } }, number);
}

function staticBlocks(part: Exclude<OutlinePart, RowsPart> | OutlinePart, { images }: ReportSetting): readonly Block[] {
  switch (part.kind) {
    case 'text':
      return textPart(part.text);
    case 'table':
      return tablePart(part);
    case 'image':
      return imagePart(part, images);
    case 'rows':
      return [];
  }
}

function titleOf({ key, title }: OutlineSection): string {
  const own = title.replace(/\s+/g, ' ').trim();
  if (own !== '') return shortenName(own, longestTitle);
  return key === null ? 'Untitled section' : sections[key].title;
}

function partTitle({ section, frameworks: shown = [] }: RowsPart): string {
  const { title } = sections[section];
  const [key, ...others] = section === 'compliance' ? shown : [];
  if (key === undefined || others.length > 0) return title;
  return `${title}: ${frameworks.find((framework) => framework.key === key)?.short ?? shortenName(key, 80)}`;
}
