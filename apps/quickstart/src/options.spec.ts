import { readOptions } from './options.ts';

const here = { folder: '/here', dataDir: '/repository/.data' };

describe('the command line of npm start', () => {
  it('imports the bundled demo into the project demo by default', () => {
    expect(readOptions([], here)).toEqual({
      inputs: [],
      project: 'demo',
      dataDir: '/repository/.data',
      port: undefined,
      once: false,
    });
  });

  it('names the project after the first file', () => {
    const options = readOptions(
      ['--input', 'Runs/Agg v2.report.jsonl', '--input', '/b.csv', '--once', '--data', 'kept'],
      here,
    );
    expect(options).toMatchObject({
      inputs: ['/here/Runs/Agg v2.report.jsonl', '/b.csv'],
      project: 'agg-v2',
      dataDir: '/here/kept',
      once: true,
    });
  });

  it.each([
    [['--project', 'No Slug'], '--project must be'],
    [['--port', '0'], '--port must be'],
    [['--port', '80x'], '--port must be'],
    [['--colour'], 'colour'],
    [['stray'], 'stray'],
  ])('refuses %j', (args, reason) => {
    jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(() => readOptions(args, here)).toThrow(reason);
  });

  it('makes a slug of any file name', () => {
    expect(readOptions(['--input', '日本.json'], here)).toMatchObject({ project: 'imported' });
  });
});
