import type { Severity } from '#domain';
import type { StateMark } from '../../model/report-content.ts';
import { severityMarks } from '../../theme/colours.ts';
import { markup, type Markup, raw } from './markup.ts';

/** A letter in the colour of its severity: readable without the colour. */
export const chipHtml = (severity: Severity): Markup =>
  markup`<span class="chip ${severity}" title="${severityMarks[severity].word}">${severityMarks[severity].letter}</span>`;

const shapes: Readonly<Record<StateMark, string>> = {
  failed: '<rect x="1" y="1" width="10" height="10" class="ink"/>',
  held: '<circle cx="6" cy="6" r="4.6" class="line"/>',
  too_little: '<path d="M6 1.4 11 10.6H1z" class="line"/>',
  not_assessed: '<rect x="1.6" y="1.6" width="8.8" height="8.8" class="line"/>',
  evidence: '<circle cx="6" cy="6" r="3" class="ink"/>',
  unknown: '<rect x="1.6" y="1.6" width="8.8" height="8.8" class="line" stroke-dasharray="2 1.5"/>',
  not_tested: '<rect x="1" y="1" width="10" height="10" fill="url(#hatch)"/>',
};

/** Each state has a shape of its own. */
export const stateHtml = (state: StateMark): Markup =>
  markup`<svg class="sign" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">${raw(shapes[state])}</svg>`;

/** Patterns that drawings of the page share. */
export const sharedPatterns: Markup = raw(
  '<svg width="0" height="0" class="defs" aria-hidden="true"><defs>' +
    '<pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
    '<rect width="4" height="4" class="paper"/><line x1="0" y1="0" x2="0" y2="4" class="hatch"/></pattern></defs></svg>',
);
