/** Module boundaries. Each rule has a canary under test/architecture/canaries that must be reported. */
const modules = 'tenancy|imports|findings|templates|preflight|builds|storage|events|audit';
const app = `^apps/report-service/src/(${modules})/`;

/**
 * Modules whose slices know nothing of each other. A folder of a module is a slice, of a use case or of a kind of record,
 * unless it is listed here as a core (`module/folder`): shared by slices, importing none. Files at a module's root are
 * shared too.
 */
const modulesOfSlices = 'tenancy|imports|findings|templates|preflight|builds|storage|events|audit';
const cores = ['[^/]+/spec-support', 'templates/config', 'findings/rows', 'imports/formats'];
const coreFolders = cores.map((core) => `^apps/report-service/src/${core}/`);

/** Folders of rendering in the order of a report's way: each imports none but those before it. A new one takes its place there. */
const renderingSteps = require('./libs/rendering/steps.json');
const filesOf = (step) => `^libs/rendering/src/${step}/[^/]+\\.ts$`;
const renderingDoors = ['^libs/rendering/src/index\\.ts$', '^libs/rendering/src/in-this-thread\\.ts$'];
const renderingOrder = renderingSteps.map((step, index) => ({
  name: `rendering-${step.replaceAll('/', '-')}`,
  comment: 'A report goes one way, by libs/rendering/steps.json: move what is shared to an earlier step.',
  severity: 'error',
  from: { path: filesOf(step), pathNot: '\\.spec\\.ts$' },
  to: { path: [...renderingSteps.slice(index + 1).map(filesOf), ...renderingDoors] },
}));

/** Measures the drawing that specs hold ours beside: it is no part of the library. */
const referenceBenchmark = '^bench/rendering/peers/reference\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one file, or share a third. Move the shared part out.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-other-module',
      comment: 'A module reaches another through #contracts alone: send a command, ask a query, listen to an event.',
      severity: 'error',
      from: { path: app },
      to: { path: app, pathNot: '^apps/report-service/src/$1/' },
    },
    {
      name: 'no-sibling-slice',
      comment:
        'One use case does not reach into another. Lift what both need to the root of the module, or into a core.',
      severity: 'error',
      from: { path: `^apps/report-service/src/(${modulesOfSlices})/([^/]+)/` },
      to: {
        path: '^apps/report-service/src/$1/[^/]+/',
        pathNot: ['^apps/report-service/src/$1/$2/', ...coreFolders],
      },
    },
    {
      name: 'no-slice-from-root',
      comment: 'What slices share is below them: only the module file, which puts the slices together, knows them.',
      severity: 'error',
      from: { path: `^apps/report-service/src/(${modulesOfSlices})/[^/]+\\.ts$`, pathNot: '\\.module\\.ts$' },
      to: { path: '^apps/report-service/src/$1/[^/]+/', pathNot: coreFolders },
    },
    {
      name: 'no-app-root-from-module',
      comment: 'Modules do not know how they are put together. Pass in what is needed, through #platform.',
      severity: 'error',
      from: { path: app },
      to: { path: '^apps/report-service/src/[^/]+\\.ts$' },
    },
    {
      name: 'libraries-by-their-door',
      comment: 'A library is used through its index.ts (#name). Export there what others may use.',
      severity: 'error',
      from: { path: '^(apps|bench|test)/', pathNot: referenceBenchmark },
      to: { path: '^libs/', pathNot: ['^libs/[^/]+/src/index\\.ts$', ...renderingDoors] },
    },
    {
      name: 'library-to-library-by-its-door',
      comment: 'A library is used through its index.ts (#name), by other libraries too.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'platform-http-at-the-bottom',
      comment:
        'Audit log, health, logging and rate limits stand on http, which knows none of them. Read their metadata where they are.',
      severity: 'error',
      from: { path: '^libs/platform/src/http/' },
      to: { path: '^libs/platform/src/(audit|health|logging|messages|rate-limit)/' },
    },
    {
      name: 'domain-is-pure',
      comment: 'Words and formulae of the field depend on nothing. Bring the value in as an argument.',
      severity: 'error',
      from: { path: '^libs/domain/src/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^libs/domain/src/' },
    },
    {
      name: 'rendering-is-pure',
      comment:
        'Rendering knows no Nest, database, network or clock: content in, bytes out. Read rows in builds instead.',
      severity: 'error',
      from: { path: '^libs/rendering/src/', pathNot: ['\\.spec\\.ts$', '/spec-support/'] },
      to: {
        pathNot: [
          '^libs/(rendering|domain)/src/',
          '^node_modules/(pdfmake|fontkit|pngjs|bidi-js|@types/pngjs|@types/pdfmake|@types/fontkit|@types/node|@expo-google-fonts|dejavu-fonts-ttf)/',
          '^pdfmake/interfaces',
          '^(node:)?(worker_threads|stream|url|module|path|fs|crypto|events|buffer|util|zlib|os|timers)',
        ],
      },
    },
    ...renderingOrder,
    {
      name: 'rendering-has-no-other-folder',
      comment: 'A folder of rendering is a step of a report: give it its place in libs/rendering/steps.json.',
      severity: 'error',
      from: {
        path: '^libs/rendering/src/',
        pathNot: [...renderingSteps.map(filesOf), ...renderingDoors, '/spec-support/'],
      },
      to: {},
    },
    {
      name: 'rendering-prints-content-alone',
      comment: 'What a reader may see is decided before anything is drawn: layout and writers know no row of the data.',
      severity: 'error',
      from: { path: '^libs/rendering/src/(layout|writers)/', pathNot: ['\\.spec\\.ts$', '/spec-support/'] },
      to: { path: '^libs/rendering/src/(evidence|sentences|compose)/' },
    },
    {
      name: 'rendering-formats-know-no-paper',
      comment:
        'HTML, JSON and CSV print the model: fonts, lines and pages are of the PDF. What two formats say stands in model.',
      severity: 'error',
      from: { path: '^libs/rendering/src/writers/(csv|html|json)/', pathNot: '\\.spec\\.ts$' },
      to: {
        path: '^libs/rendering/src/(fonts|typesetting|layout|writers)/',
        pathNot: '^libs/rendering/src/writers/$1/',
      },
    },
    {
      name: 'rendering-only-in-builds',
      comment: 'Only builds turn content into bytes.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: ['^apps/report-service/src/builds/', '^libs/(rendering|testing)/'] },
      to: { path: '^libs/rendering/' },
    },
    {
      name: 'service-renders-in-the-pool',
      comment:
        'In its own thread the service lays out nothing, and loads no code for it: hand the report to the RenderingPool.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '^libs/rendering/' },
      to: { path: '^libs/rendering/src/in-this-thread\\.ts$' },
    },
    {
      name: 'pdfmake-in-one-file',
      comment:
        'pdfmake is one mutable singleton with access to disk and network: libs/rendering/src/writers/pdf/open-document.ts alone tames it.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '^libs/rendering/src/writers/pdf/open-document\\.ts$' },
      to: { path: '^node_modules/pdfmake/' },
    },
    {
      name: 'bullmq-only-in-builds',
      comment: 'The queue is a wake-up of builds. Others write to the outbox.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '^apps/report-service/src/builds/' },
      to: { path: '^node_modules/(bullmq|@nestjs/bullmq|ioredis)/' },
    },
    {
      name: 'minio-only-in-storage',
      comment: 'The object store is reached through commands and queries of storage.',
      severity: 'error',
      from: {
        path: '^(apps|libs)/',
        pathNot: ['^apps/report-service/src/storage/', '^libs/testing/', '\\.spec\\.ts$'],
      },
      to: { path: '^node_modules/minio/' },
    },
    {
      name: 'embedded-stack-loaded-on-demand',
      comment: 'Production has no embedded stack: load it by import() where it is started, and nowhere else.',
      severity: 'error',
      from: {
        path: '^(apps|libs)/',
        pathNot: ['^libs/embedded/', '^apps/quickstart/', '^apps/report-service/src/embedded-parts\\.ts$'],
      },
      to: { path: '^libs/embedded/' },
    },
    {
      name: 'testing-only-in-tests',
      comment: 'Builders and sample reports are for specs and benchmarks.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: ['\\.spec\\.ts$', '/spec-support/', '^libs/testing/'] },
      to: { path: '^libs/testing/' },
    },
    {
      name: 'audit-shares-no-code',
      comment:
        'The audit recomputes what a report says: with our own code it would repeat our own mistakes. Types are words alone.',
      severity: 'error',
      from: { path: '^test/audit/' },
      to: { path: '^(apps|libs/(rendering|domain))/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'spec-support-only-in-specs',
      comment: 'What helps specs may read samples and start programs, and is not compiled into the product.',
      severity: 'error',
      from: {
        path: '^(apps|libs|bench)/',
        pathNot: ['\\.spec\\.ts$', '/spec-support/', '^libs/testing/', referenceBenchmark],
      },
      to: { path: '/spec-support/' },
    },
    {
      name: 'no-dev-dependency-in-production-code',
      comment: 'The production image installs without dev dependencies. Move the package to dependencies.',
      severity: 'error',
      from: {
        path: '^(apps/report-service|libs)/',
        pathNot: ['\\.spec\\.ts$', '^libs/embedded/', '^libs/testing/'],
      },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '^node_modules/@types/' },
    },
  ],
  options: {
    doNotFollow: { path: '^node_modules' },
    exclude: { path: ['^dist', '\\.d\\.ts$'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['report-source', 'import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
