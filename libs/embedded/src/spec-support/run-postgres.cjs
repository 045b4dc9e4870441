// Starts the embedded PostgreSQL of the folder given, says where, and stays until it is killed.
require('./require-typescript.cjs');
const { startEmbeddedPostgres } = require('../start-embedded-postgres.ts');

startEmbeddedPostgres({ dataDir: process.argv[2], durable: false }).then(
  ({ port, urls }) => {
    process.stdout.write(`${JSON.stringify({ port, url: urls.owner })}\n`);
  },
  (error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  },
);
