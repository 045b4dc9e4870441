import type { TableColumn } from './report-content.ts';

/** The findings table: the primary fact of a cell on its first line, its class on the second. */
export const findingColumns: readonly TableColumn[] = [
  { title: 'Id', subtitle: 'page', width: 38 },
  { title: 'Severity', width: 58 },
  { title: 'Goal', subtitle: 'category', width: '*' },
  { title: 'Attack', subtitle: 'transform', width: 100 },
  { title: 'Trials', subtitle: 'score', width: 36, align: 'right' },
  { title: 'Outcome', subtitle: 'status', width: 68, indent: 10 },
];
