// A client of the API: project, import, build, download. Ends with 1 unless the PDF is the one that was promised.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const [baseUrl, credentialsFile, input] = process.argv.slice(2);
const { org, workspace, api_key } = JSON.parse(readFileSync(credentialsFile, 'utf8'));
const projects = `/api/v1/org/${org}/ws/${workspace}/airt/projects`;

await call('POST', projects, { slug: 'image', name: 'Image' });
const counts = await call('POST', `${projects}/image/imports`, readFileSync(input));
console.log(`imported ${counts.attack_runs} attack runs`);

const preset = { sections: ['executive_summary', 'risk_score_metrics', 'findings', 'evidence'] };
let build = await call('POST', `${projects}/image/reports/build`, { preset });
for (const deadline = Date.now() + 60_000; ['queued', 'in_progress'].includes(build.status);) {
  if (Date.now() > deadline) throw new Error(`The build is still ${build.status} after a minute.`);
  await pause(200);
  build = await call('GET', `${projects}/image/reports/build/${build.job_id}`);
}
if (build.status !== 'completed') throw new Error(`The build is ${build.status}: ${build.error_message}`);

const pdf = Buffer.from(await (await fetch(build.presigned_url)).arrayBuffer());
const sha256 = createHash('sha256').update(pdf).digest('hex');
if (!pdf.subarray(0, 5).equals(Buffer.from('%PDF-')) || sha256 !== build.sha256)
  throw new Error('This is not the report.');
console.log(`a report of ${pdf.length} bytes was built by the worker and fetched by its signed URL`);

async function call(method, path, body) {
  const raw = Buffer.isBuffer(body);
  const answer = await fetch(`${baseUrl}${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${api_key}`,
      ...(body && { 'Content-Type': raw ? 'application/octet-stream' : 'application/json' }),
    },
    ...(body && { body: raw ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text);
}
