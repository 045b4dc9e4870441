// Starts the embedded PostgreSQL of the folder given, by pg_ctl if asked, says where, and stays until it is killed.
require('./require-typescript.cjs');
const { startByPgCtl } = require('../start-by-pg-ctl.ts');
const { startEmbeddedPostgres } = require('../start-embedded-postgres.ts');

const [dataDir, by] = process.argv.slice(2);
const stay = setInterval(() => undefined, 60_000);
startEmbeddedPostgres({ dataDir, durable: false, launch: by === 'pg_ctl' ? startByPgCtl : undefined }).then(
  ({ port, urls }) => {
    process.stdout.write(`${JSON.stringify({ port, url: urls.owner })}\n`);
  },
  (error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
    clearInterval(stay);
  },
);
