// Takes the folder given, writes a service record if asked, and stays until it is killed.
require('./require-typescript.cjs');
const { holdDataFolder } = require('../hold-data-folder.ts');
const { writeServiceRecord } = require('../service-record.ts');

const [dataDir, baseUrl] = process.argv.slice(2);
const stay = setInterval(() => undefined, 60_000);
holdDataFolder(dataDir)
  .then(async (folder) => {
    if (folder.kind === 'held' && baseUrl) {
      await writeServiceRecord(dataDir, { pid: process.pid, base_url: baseUrl, started_at: '2026-01-01T00:00:00Z' });
    }
    process.stdout.write(`${JSON.stringify(folder)}\n`);
  })
  .catch((error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
    clearInterval(stay);
  });
