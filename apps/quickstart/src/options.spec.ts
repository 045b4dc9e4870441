import { parseCommand } from './options.ts';

const here = { folder: '/here', dataDir: '/repository/.data' };

describe('the command line of npm start', () => {
  it('imports the bundled demo into the project demo by default', () => {
    expect(parseCommand([], here)).toEqual({
      kind: 'run',
      options: { inputs: [], project: 'demo', dataDir: '/repository/.data', port: undefined, once: false },
    });
  });

  it('names the project after the first file', () => {
    const command = parseCommand(
      ['--input', 'Runs/Agg v2.report.jsonl', '--input', '/b.csv', '--once', '--data', 'kept'],
      here,
    );
    expect(command).toMatchObject({
      options: {
        inputs: ['/here/Runs/Agg v2.report.jsonl', '/b.csv'],
        project: 'agg-v2',
        dataDir: '/here/kept',
        once: true,
      },
    });
  });

  it.each([
    [['--project', 'No Slug'], '--project must be'],
    [['--port', '0'], '--port must be'],
    [['--port', '80x'], '--port must be'],
    [['--colour'], 'colour'],
    [['stray'], 'stray'],
  ])('refuses %j', (args, reason) => {
    expect(() => parseCommand(args, here)).toThrow(reason);
  });

  it('makes a slug of any file name', () => {
    expect(parseCommand(['--input', '日本.json'], here)).toMatchObject({ options: { project: 'imported' } });
  });
});
