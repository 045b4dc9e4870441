// Set-up, then one benchmark by its folder: npm run bench:import -- --lines 200000 --json bench/import/result.json
import { importBuilt } from './lib/repository.mjs';
import { setUp } from './lib/set-up.mjs';

await setUp();

const [name] = process.argv.splice(2, 1);
await importBuilt(`bench/${name}/main.js`);
