import { basename, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { slugForm } from '#domain';

export interface Options {
  /** Files to import; none means the bundled demo campaign. */
  readonly inputs: readonly string[];
  readonly project: string;
  readonly dataDir: string;
  /** Undefined: the port of the last start if free, else any free one. */
  readonly port: number | undefined;
  readonly once: boolean;
}

interface Given {
  readonly input: readonly string[];
  readonly project?: string;
  readonly port?: number;
  readonly data: string;
  readonly once?: true;
}

const demoProject = 'demo';

/**
 * Reads the command line; relative paths in it start from the given folder. For `--help` and for what is wrong,
 * commander writes the text and throws a CommanderError, whose exit code is 0 for help.
 */
export function readOptions(
  args: readonly string[],
  defaults: { readonly folder: string; readonly dataDir: string },
): Options {
  const { folder } = defaults;
  const command = commandLine(defaults.dataDir).parse([...args], { from: 'user' });
  const [stray] = command.args;
  if (stray !== undefined) command.error(`error: unexpected argument '${stray}'; a file is named with --input`);
  const given = command.opts<Given>();
  const inputs = given.input.map((path) => resolve(folder, path));
  return {
    inputs,
    project: given.project ?? (inputs[0] === undefined ? demoProject : slugOf(inputs[0])),
    dataDir: resolve(folder, given.data),
    port: given.port,
    once: given.once ?? false,
  };
}

const commandLine = (dataDir: string): Command =>
  new Command('npm start --')
    .description('Imports a red-team run, builds its report through the REST API, and goes on serving.')
    .addOption(
      new Option(
        '--input <file>',
        'a run to import; may be given several times; all go into one project (airt NDJSON, garak report or hitlog, promptfoo JSON or CSV, Azure JSON; told by content)',
      )
        .argParser((path, paths: readonly string[]) => [...paths, path])
        .default([], 'the bundled demo campaign'),
    )
    .option(
      '--project <slug>',
      "the project to import into, made when absent (default: demo for the bundled campaign, else the first file's name as a slug)",
      slugFrom,
    )
    .option(
      '--port <port>',
      'the port of the service on 127.0.0.1 (default: the last one if free, else any free one)',
      portFrom,
    )
    .addOption(
      new Option('--data <dir>', 'where database, objects, reports and secrets are kept').default(dataDir, '.data'),
    )
    .option('--once', 'stop after the main job; the exit status is 0 if a report was built')
    .addHelpText(
      'after',
      `
A service that already runs on the data folder is used and left running.
The outcome is also written to run.json in the data folder.`,
    )
    .showHelpAfterError('See npm start -- --help')
    // By itself commander tells how many arguments are too many, and not which.
    .allowExcessArguments()
    .exitOverride();

function slugFrom(text: string): string {
  if (slugForm.test(text)) return text;
  throw new InvalidArgumentError('--project must be 1 to 63 of a-z, 0-9 and "-", not starting with "-".');
}

function portFrom(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new InvalidArgumentError('--port must be from 1 to 65535.');
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
