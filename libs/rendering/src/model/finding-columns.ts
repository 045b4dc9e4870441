import type { TableColumn } from './report-content.ts';

/** The findings table: the primary fact of a cell on its first line, its class on the second. */
export const findingColumns: readonly TableColumn[] = [
  { title: 'Id', subtitle: 'page', width: 38 },
  { title: 'Severity', width: 58 },
  { title: 'What happened', subtitle: 'category', width: '*' },
  { title: 'Attack', subtitle: 'transform', width: 104 },
  { title: 'Trials', subtitle: 'score', width: 36, align: 'right' },
  { title: 'Status', width: 52, indent: 10 },
];
