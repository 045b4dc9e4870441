import { severities } from '#domain';
import { formatCount } from '../../format/numbers.ts';
import type {
  ActionContent,
  Block,
  EvidenceBlock,
  FindingContent,
  LabelledRow,
  TurnContent,
} from '../../model/report-content.ts';
import { againAnchor } from '../../model/place-names.ts';
import { actionLabels, addressedFindings, speakerName, stateWords, turnWarning } from '../../model/printed-words.ts';
import { dotChartHtml, liftChartHtml, outcomeBarsHtml, severityBarHtml } from './html-charts.ts';
import { imageHtml, inlineHtml } from './html-inline.ts';
import { chipHtml, stateHtml } from './html-signs.ts';
import { heatGridHtml, staticTableHtml, tableHtml } from './html-tables.ts';
import { markup, type Markup, raw } from './markup.ts';

export const blocksHtml = (blocks: readonly Block[]): Markup => markup`${blocks.map(blockHtml)}`;

function blockHtml(block: Block): Markup {
  switch (block.kind) {
    case 'heading':
      return headingHtml(block);
    case 'prose':
      return markup`<p class="${block.role}">${inlineHtml(block.inline)}</p>`;
    case 'banner':
      return markup`<p class="banner">${inlineHtml(block.inline)}</p>`;
    case 'labelled':
      return labelledHtml(block.rows);
    case 'table':
      return tableHtml(block);
    case 'static_table':
      return staticTableHtml(block);
    case 'tiles':
      return markup`<div class="tiles">${block.tiles.map(
        (tile) =>
          markup`<div class="tile"><p class="label">${tile.label}</p><p class="figure">${tile.value}</p>${tile.lines.map((line) => markup`<p class="small">${line}</p>`)}</div>`,
      )}</div>`;
    case 'outcome_bars':
      return outcomeBarsHtml(block.rows);
    case 'severity_bar':
      return severityBarHtml(block.counts);
    case 'dot_chart':
      return dotChartHtml(block);
    case 'lift_chart':
      return liftChartHtml(block);
    case 'heat_grid':
      return heatGridHtml(block);
    case 'actions':
      return markup`${block.actions.map(actionHtml)}`;
    case 'states':
      return markup`<dl class="states">${block.rows.map(({ state, meaning }) => markup`<dt>${stateHtml(state)} ${stateWords[state]}</dt><dd>${meaning}</dd>`)}</dl>`;
    case 'evidence':
      return evidenceHtml(block);
    case 'turns':
      return markup`<div class="turns">${block.turns.map(turnHtml)}</div><p class="small">${block.end}</p>`;
    case 'image':
      return markup`<figure>${imageHtml(block.image, block.caption, block.width === null ? '' : `width:${Math.round(block.width * 1000) / 10}%`)}${block.caption === '' ? null : markup`<figcaption>${block.caption}</figcaption>`}</figure>`;
    case 'findings_table':
    case 'finding_details':
      // Filled by the document from the stream of findings.
      return markup``;
  }
}

function headingHtml(block: Extract<Block, { kind: 'heading' }>): Markup {
  const tag = raw(block.minor ? 'h4' : 'h3');
  const number = block.number === '' ? null : markup`<span class="number">${block.number}</span> `;
  const id = block.anchor === undefined ? null : markup` id="${block.anchor}"`;
  return markup`<${tag}${id}>${number}${block.text}</${tag}>${block.note === undefined ? null : markup`<p class="small">${block.note}</p>`}`;
}

export const labelledHtml = (rows: readonly LabelledRow[]): Markup =>
  markup`<dl class="labelled">${rows.map(({ label, blocks }) => markup`<dt>${label}</dt><dd>${blocksHtml(blocks)}</dd>`)}</dl>`;

function actionHtml(action: ActionContent): Markup {
  const { count, word } = addressedFindings(action);
  const chips = severities
    .filter((severity) => action.addresses[severity] > 0)
    .map(
      (severity) => markup`<span class="count">${chipHtml(severity)} ${formatCount(action.addresses[severity])}</span>`,
    );
  const frameworks =
    action.frameworks === ''
      ? null
      : markup`<p class="table"><span class="label">${actionLabels.frameworks}</span> ${action.frameworks}</p>`;
  return markup`<article class="action" id="${action.anchor}"><p class="action-number">R${action.number}</p><div><h4>${action.title}</h4><p class="text">${action.text}</p><p class="table"><span class="label">${actionLabels.findings}</span> ${inlineHtml(action.findings)}</p>${frameworks}</div><dl class="aside"><dt>${actionLabels.addresses}</dt><dd><strong>${formatCount(count)}</strong> ${word}<br>${chips}</dd><dt>${actionLabels.owner}</dt><dd class="blank"></dd><dt>${actionLabels.due}</dt><dd class="blank"></dd></dl></article>`;
}

/** A quoted text; what it is and that it must not be run stand above it. */
const evidenceHtml = (block: EvidenceBlock): Markup =>
  markup`<figure class="evidence ${block.role}"><figcaption><strong>${block.caption}</strong>${block.note === undefined ? null : markup` <span class="quiet">${block.note}</span>`}</figcaption><div class="quoted" dir="ltr">${inlineHtml(block.inline)}</div>${block.legend === undefined ? null : markup`<p class="small">${block.legend}</p>`}</figure>`;

function turnHtml(turn: TurnContent): Markup {
  const warning = turnWarning(turn);
  return markup`<div class="turn ${turn.speaker.toLowerCase()}"><p class="speaker"><strong>${speakerName(turn)}</strong>${warning === null ? null : markup`<br><span class="quiet">${warning}</span>`}</p><div class="quoted" dir="ltr">${inlineHtml(turn.inline)}</div></div>`;
}

export function findingHtml(
  finding: FindingContent,
  { again, below }: Extract<Block, { kind: 'finding_details' }>,
): Markup {
  const tag = raw(below ? 'h4' : 'h3');
  const chip = finding.severity === null ? null : markup`${chipHtml(finding.severity)} `;
  return markup`<article class="finding" id="${againAnchor(`finding-${finding.rank}`, again)}"><${tag}>${chip}${finding.id} <span class="title">${finding.title}</span></${tag}><p class="small">${finding.why}</p>${blocksHtml(finding.blocks)}</article>`;
}
