import { execFileSync } from 'node:child_process';

import { commandLineOf, identifyProcess, processQuery, readStart } from './process-identity.ts';

describe('who a process is', () => {
  it('is asked of ps on macOS', () => {
    expect(processQuery('darwin', 42, 'start')).toEqual(['ps', ['-o', 'state=', '-o', 'lstart=', '-p', '42']]);
    expect(processQuery('darwin', 42, 'command')).toEqual(['ps', ['-ww', '-o', 'command=', '-p', '42']]);
  });

  it('is asked of PowerShell on Windows', () => {
    const [program, args] = processQuery('win32', 42, 'start');

    expect(program).toBe('powershell.exe');
    expect(args.at(-1)).toBe(`(Get-CimInstance Win32_Process -Filter 'ProcessId=42').CreationDate.ToFileTimeUtc()`);
    expect(processQuery('win32', 42, 'command')[1].at(-1)).toMatch(/\.CommandLine$/);
  });

  it.each([
    ['a time of ps, whatever the process is doing', 'Ss   Fri Nov 27 23:19:53 2026\n', 'Fri Nov 27 23:19:53 2026'],
    ['the same process later', 'R+   Fri Nov 27 23:19:53 2026\n', 'Fri Nov 27 23:19:53 2026'],
    ['a time of Windows', '134087123456789012\r\n', '134087123456789012'],
    ['a zombie', 'Z    Fri Nov 27 23:19:53 2026\n', undefined],
    ['nobody', '\n', undefined],
  ])('is read from the answer: %s', (_what, answer, started) => {
    expect(readStart(answer)).toBe(started);
  });

  it('is the same at each look, and nobody under a number that nobody has', async () => {
    const own = await identifyProcess(process.pid);

    expect(own?.started).toBeTruthy();
    expect(await identifyProcess(process.pid)).toEqual(own);
    expect(await identifyProcess(2 ** 30)).toBeUndefined();
  });

  const itWithPs = hasPs() ? it : it.skip;
  itWithPs('is told by the real ps as well, in one zone and language', async () => {
    const zone = process.env['TZ'];
    const own = await identifyProcess(process.pid, 'darwin');
    process.env['TZ'] = 'Pacific/Auckland';
    try {
      expect(own?.started).toMatch(/^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/);
      expect(await identifyProcess(process.pid, 'darwin')).toEqual(own);
      expect(await commandLineOf(process.pid, 'darwin')).toContain('node');
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });
});

function hasPs(): boolean {
  try {
    execFileSync('ps', ['-o', 'state=', '-o', 'lstart=', '-p', String(process.pid)], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
