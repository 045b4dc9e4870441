import { formatCount, plural } from '../format/numbers.ts';
import type { ReportSetting } from './report-setting.ts';

type Cut = ReportSetting['cut'];

/** "the first 20 of 599 findings". */
export const cutInWords = ({ shown, of }: NonNullable<Cut>): string =>
  `the first ${formatCount(shown)} of ${plural(of, 'finding')}`;

/** "120 findings"; of a preview "Preview: the first 20 of 120 findings". */
export const findingsCounted = (count: number, cut: Cut): string =>
  cut === null ? plural(count, 'finding') : `Preview: ${cutInWords(cut)}`;

/** What a preview holds, for its cover; empty for a whole report. */
export function previewNotice({ facts, cut }: Pick<ReportSetting, 'facts' | 'cut'>): string {
  if (facts.preview === null) return '';
  const pages = `at most ${plural(facts.preview.pages, 'page')}`;
  return `Preview: ${cut === null ? pages : `${cutInWords(cut)}, ${pages}`}. Figures count all runs.`;
}
