// Runs one command of the command line after the other in this process, which loads the service's code once. A line in
// is a JSON array of words; a line out is what its command wrote and its exit status. The entry is evaluated anew for
// each, as a new process would; a command that ends its process itself is none for here.
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const entry = pathToFileURL(process.argv[2] ?? '').href;
const answer = process.stdout.write.bind(process.stdout);

let number = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const written = { stdout: '', stderr: '' };
  for (const stream of /** @type {const} */ (['stdout', 'stderr'])) {
    process[stream].write = (text) => {
      written[stream] += text;
      return true;
    };
  }
  process.argv = [process.execPath, entry, ...JSON.parse(line)];
  process.exitCode = 0;
  await import(`${entry}?${(number += 1)}`);
  answer(`${JSON.stringify({ status: process.exitCode, ...written })}\n`);
}
process.exitCode = 0;
