import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface Options {
  /** Files to import; none means the bundled demo campaign. */
  readonly inputs: readonly string[];
  readonly project: string;
  readonly dataDir: string;
  /** Undefined: the port of the last start if free, else any free one. */
  readonly port: number | undefined;
  readonly once: boolean;
}

export type Command = { readonly kind: 'run'; readonly options: Options } | { readonly kind: 'help' };

export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const HELP = `Imports a red-team run, builds its report through the REST API, and goes on serving.

  npm start -- [options]

  --input FILE      a run to import; may be given several times; all go into one project
                    (airt NDJSON, garak report or hitlog, promptfoo JSON or CSV, Azure JSON; told by content)
                    default: the bundled demo campaign
  --project SLUG    the project to import into, made when absent
                    default: demo for the bundled campaign, else the first file's name as a slug
  --port PORT       the port of the service on 127.0.0.1; default: the last one if free, else any free one
  --data DIR        where database, objects, reports and secrets are kept; default: .data
  --once            stop after the main job; the exit status is 0 if a report was built
  --help            this text

A service that already runs on the data folder is used and left running.
The outcome is also written to run.json in the data folder.
`;

const SLUG = /^[a-z0-9][a-z0-9-]{0,62}$/;
const DEMO_PROJECT = 'demo';

/** Reads the command line; relative paths in it start from the given folder. */
export function parseCommand(
  args: readonly string[],
  defaults: { readonly folder: string; readonly dataDir: string },
): Command {
  const { folder } = defaults;
  const { values } = parse(args);
  if (values.help === true) return { kind: 'help' };
  const inputs = (values.input ?? []).map((path) => resolve(folder, path));
  const project = values.project ?? (inputs[0] === undefined ? DEMO_PROJECT : slugOf(inputs[0]));
  if (!SLUG.test(project)) {
    throw new UsageError(`--project must be 1 to 63 of a-z, 0-9 and "-", not starting with "-": ${project}`);
  }
  return {
    kind: 'run',
    options: {
      inputs,
      project,
      dataDir: values.data === undefined ? defaults.dataDir : resolve(folder, values.data),
      port: values.port === undefined ? undefined : parsePort(values.port),
      once: values.once ?? false,
    },
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        input: { type: 'string', multiple: true },
        project: { type: 'string' },
        port: { type: 'string' },
        data: { type: 'string' },
        once: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
      allowPositionals: false,
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) throw new UsageError(`--port must be from 1 to 65535: ${text}`);
  return port;
}

function slugOf(path: string): string {
  const slug = basename(path)
    .replace(/(\.(ndjson|jsonl|json|csv|report|hitlog))+$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 63)
    .replace(/-+$/, '');
  return slug || 'imported';
}
