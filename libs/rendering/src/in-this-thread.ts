/** The library's second door, for benchmarks, pages and tests: it loads fonts and pdfmake where it is imported. Services use the pool. */
export { composeFindings } from './compose/findings-composer.ts';
export type { FindingContent } from './model/report-content.ts';
export { reportWriters, sourceOfRows } from './pipeline/report-writers.ts';
