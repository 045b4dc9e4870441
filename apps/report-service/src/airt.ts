import 'reflect-metadata';
import { Administration } from './cli/administration.ts';
import { explain } from './cli/explain.ts';
import { program } from './cli/program.ts';
import { show } from './cli/show.ts';

/** `npm run airt -- …`, and in the image `node dist/bundle/apps/report-service/src/airt.js …`. Ends with 1 when it failed. */
const airt = program(async (job, json) => {
  const administration = await Administration.open(process.env);
  try {
    process.stdout.write(show(await job(administration), json));
  } finally {
    await administration.close();
  }
});

try {
  await airt.parseAsync(process.argv);
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(`${explain(error)}\n`);
}
