export { estimatePages } from './estimate/estimate-pages.ts';
export { RenderFailed } from './pool/render-failed.ts';
export type { RenderJob } from './pool/render-job.ts';
export { RenderingPool } from './pool/rendering-pool.ts';
