export * from './build-libraries.ts';
export * from './draw-pdf.ts';
export * from './read-pdf.ts';
export * from './sample-report.ts';
export * from './extreme-reports.ts';
export * from './hostile-corpus.ts';
export * from './template-reports.ts';
export * from './identity-provider.ts';
