export { composeFindings } from './compose/findings-composer.ts';
export type { FindingContent } from './model/report-content.ts';
export { reportWriters, sourceOfRows } from './pipeline/report-writers.ts';
export { estimatePages } from './estimate/estimate-pages.ts';
export { RenderFailed } from './pool/render-failed.ts';
export type { RenderJob } from './pool/render-job.ts';
export { RenderingPool } from './pool/rendering-pool.ts';
