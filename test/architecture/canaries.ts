import { dirname, relative } from 'node:path';
import renderingSteps from '../../libs/rendering/steps.json' with { type: 'json' };

interface Canary {
  readonly path: string;
  readonly text: string;
}

const rendering = 'libs/rendering/src';
const stepCanary = (step: string): string => `${rendering}/${step}/canary-step.ts`;

/** Each step of rendering imports the one after it, the last one the library's door. */
const stepCanaries: Readonly<Record<string, Canary>> = Object.fromEntries(
  renderingSteps.map((step, index) => {
    const path = stepCanary(step);
    const next = renderingSteps[index + 1];
    const target = relative(dirname(path), next === undefined ? `${rendering}/index.ts` : stepCanary(next));
    return [`rendering-${step.replaceAll('/', '-')}`, { path, text: `export type * from '${target}';\n` }];
  }),
);

/** For each boundary rule one file that breaks it: path in the tree, and its text. A rule without a canary fails the spec. */
export const canaries: Readonly<Record<string, Canary>> = {
  ...stepCanaries,
  'no-circular': {
    path: 'libs/domain/src/canary-circle.ts',
    text: `import { other } from './canary-circle-other.ts';\nexport const one = (): unknown => other;\n`,
  },
  'no-other-module': {
    path: 'apps/report-service/src/preflight/canary-sibling.ts',
    text: `import type { FindingsModule } from '../findings/findings.module.ts';\nexport type Sibling = FindingsModule;\n`,
  },
  'no-sibling-slice': {
    path: 'apps/report-service/src/builds/cancel-build/canary-sibling-slice.ts',
    text: `export { DeleteBuildHandler } from '../delete-build/delete-build.handler.ts';\n`,
  },
  'no-slice-from-root': {
    path: 'apps/report-service/src/builds/canary-slice-from-root.ts',
    text: `export { DeleteBuildHandler } from './delete-build/delete-build.handler.ts';\n`,
  },
  'no-app-root-from-module': {
    path: 'apps/report-service/src/storage/canary-root.ts',
    text: `export { AppModule } from '../app.module.ts';\n`,
  },
  'libraries-by-their-door': {
    path: 'apps/report-service/src/events/canary-back-door.ts',
    text: `export { Outbox } from '../../../../libs/platform/src/database/outbox.ts';\n`,
  },
  'library-to-library-by-its-door': {
    path: 'libs/platform/src/canary-back-door.ts',
    text: `export { severities } from '../../domain/src/vocabulary.ts';\n`,
  },
  'platform-http-at-the-bottom': {
    path: 'libs/platform/src/http/canary-audit.ts',
    text: `export { auditedMetadata } from '../audit/audited.ts';\n`,
  },
  'domain-is-pure': {
    path: 'libs/domain/src/canary-impure.ts',
    text: `export { readFileSync } from 'node:fs';\n`,
  },
  'rendering-is-pure': {
    path: 'libs/rendering/src/canary-database.ts',
    text: `export { Client } from 'pg';\n`,
  },
  'rendering-has-no-other-folder': {
    path: 'libs/rendering/src/canary-no-step.ts',
    text: `export { colours } from './theme/colours.ts';\n`,
  },
  'rendering-prints-content-alone': {
    path: 'libs/rendering/src/layout/strips/canary-rows.ts',
    text: `export { withholdEvidence } from '../../evidence/withhold-evidence.ts';\n`,
  },
  'rendering-formats-know-no-paper': {
    path: 'libs/rendering/src/writers/html/canary-paper.ts',
    text: `export { hatchMarks } from '../../layout/strips/chip.ts';\n`,
  },
  'rendering-only-in-builds': {
    path: 'apps/report-service/src/templates/canary-rendering.ts',
    text: `export { RenderingPool } from '#rendering';\n`,
  },
  'service-renders-in-the-pool': {
    path: 'apps/report-service/src/builds/canary-own-thread.ts',
    text: `export { reportWriters } from '#rendering/in-this-thread';\n`,
  },
  'pdfmake-in-one-file': {
    path: 'libs/rendering/src/canary-pdfmake.ts',
    text: `import pdfmake from 'pdfmake';\nexport default pdfmake;\n`,
  },
  'bullmq-only-in-builds': {
    path: 'apps/report-service/src/events/canary-queue.ts',
    text: `export { Queue } from 'bullmq';\n`,
  },
  'minio-only-in-storage': {
    path: 'apps/report-service/src/builds/canary-store.ts',
    text: `export { Client } from 'minio';\n`,
  },
  'embedded-stack-loaded-on-demand': {
    path: 'apps/report-service/src/canary-embedded.ts',
    text: `export { startEmbeddedPostgres } from '#embedded';\n`,
  },
  'testing-only-in-tests': {
    path: 'apps/report-service/src/builds/canary-testing.ts',
    text: `export * from '#testing';\n`,
  },
  'audit-shares-no-code': {
    path: 'test/audit/canary-shared.ts',
    text: `export { wilson } from '#domain';\n`,
  },
  'spec-support-only-in-specs': {
    path: 'libs/rendering/src/writers/pdf/canary-spec-support.ts',
    text: `export { byPoppler } from './spec-support/by-poppler.ts';\n`,
  },
  'no-dev-dependency-in-production-code': {
    path: 'apps/report-service/src/tenancy/canary-dev.ts',
    text: `export { property } from 'fast-check';\n`,
  },
};

/** Further files that a canary needs to stand. */
export const canaryCompanions: Readonly<Record<string, string>> = {
  'libs/domain/src/canary-circle-other.ts': `import { one } from './canary-circle.ts';\nexport const other = (): unknown => one;\n`,
};
