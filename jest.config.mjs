// Everything runs as CommonJS: native ESM mode breaks as soon as a CommonJS package requires Nest (ADR 0011).
const esmPackages = [
  '@nestjs',
  'nestjs-pino',
  'file-type',
  'strtok3',
  'token-types',
  'uint8array-extras',
  '@tokenizer',
  '@borewit',
  'load-esm',
  'jose',
  'hyparquet',
  'hyparquet-writer',
  'pixelmatch',
  'request-filtering-agent',
];
const swc = {
  sourceMaps: 'inline',
  module: { type: 'commonjs' },
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    keepClassNames: true,
  },
};
const shared = {
  rootDir: '.',
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['report-source', 'require', 'node', 'node-addons'] },
  transform: { '\\.(ts|m?js)$': ['@swc/jest', swc] },
  transformIgnorePatterns: [`/node_modules/(?!(${esmPackages.join('|')})/)`],
  moduleFileExtensions: ['ts', 'mjs', 'js', 'json', 'node'],
  setupFiles: ['reflect-metadata'],
  setupFilesAfterEnv: ['<rootDir>/test/support/patience.ts'],
  // Every look-up of a global asks Jest's sandbox; those that loops ask for are handed to each module instead.
  sandboxInjectedGlobals: ['Math', 'Object', 'Array', 'Number', 'String', 'Uint8Array'],
};

/** Whole reports, drawn and read back: minutes, where all other unit specs take seconds. */
const rendering = ['/libs/rendering/src/(writers/pdf|pool|estimate)/.*\\.spec\\.ts$'];

export default {
  workerIdleMemoryLimit: '400MB',
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/{apps,libs,scripts}/**/*.spec.ts', '<rootDir>/test/{architecture,audit}/**/*.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', ...rendering],
    },
    {
      ...shared,
      displayName: 'rendering',
      testRegex: rendering,
    },
    {
      ...shared,
      displayName: 'e2e',
      testMatch: ['<rootDir>/test/**/*.e2e-spec.ts'],
      globalSetup: '<rootDir>/test/support/global-setup.ts',
      globalTeardown: '<rootDir>/test/support/global-teardown.ts',
    },
  ],
};
