import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';

const programs = ['apps/report-service/src/main.js', 'apps/report-service/src/airt.js'];

/**
 * Joins what the compiled programs under `root` import into a few files: Node reads tens instead of three thousand, in half the time of
 * a processor (ADR 0039). Threads, and files that packages keep beside their code, stay where tsc and npm put them.
 */
export async function bundle(root) {
  // Late: what calls this also runs before anything is installed.
  const { build } = await import('esbuild');
  const compiled = join(root, 'dist');
  rmSync(join(compiled, 'bundle'), { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: programs.map((program) => join(compiled, program)),
    outbase: compiled,
    outdir: join(compiled, 'bundle'),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // OpenAPI schemas and lines of the log are called by the names of classes.
    keepNames: true,
    legalComments: 'none',
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'error',
    plugins: [ownPlaces(compiled), namedExports(root)],
    external: [
      // They look for files or threads beside themselves.
      'swagger-ui-dist',
      'pino',
      'thread-stream',
      // Optional parts of Nest, class-transformer and pg that are not installed.
      '@nestjs/microservices',
      '@nestjs/microservices/*',
      '@nestjs/websockets/*',
      '@fastify/static',
      'class-transformer/storage',
      'pg-native',
    ],
    banner: { js: banner },
  });
}

/** A module asks where it is to find its threads: it is told where tsc put it. */
const ownPlaces = (compiled) => ({
  name: 'own places',
  setup({ onLoad }) {
    onLoad({ filter: /\.js$/ }, ({ path }) => {
      if (!path.startsWith(compiled + sep)) return undefined;
      const place = JSON.stringify(relative(compiled, path).split(sep).join('/'));
      return { contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', `placeOf(${place})`), loader: 'js' };
    });
  },
});

/** Nest imports these when it needs them, by the names of their exports: those of a CommonJS package are known only once it is loaded. */
const importedLate = ['class-transformer', 'class-validator'];
const namedExports = (root) => ({
  name: 'named exports',
  setup({ onResolve, onLoad }) {
    const require = createRequire(join(root, 'package.json'));
    onResolve({ filter: /^class-/ }, ({ path, kind }) =>
      kind === 'dynamic-import' && importedLate.includes(path) ? { path, namespace: 'named-exports' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'named-exports' }, ({ path }) => ({
      contents: `import * as all from ${JSON.stringify(path)};\nexport const { ${Object.keys(require(path)).join(', ')} } = all;\n`,
      resolveDir: root,
    }));
  },
});

/** CommonJS packages ask for `require`. */
const banner = `import { createRequire as requireFrom } from 'node:module';
const require = requireFrom(import.meta.url);
const placeOf = (place) => new URL(place, import.meta.url.slice(0, import.meta.url.lastIndexOf('/bundle/') + 1)).href;`;
