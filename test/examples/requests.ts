import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { eventually } from '../support/eventually.ts';
import { type HttpExchange, HttpFileRun, readHttpFile } from '../support/http-file.ts';
import { startWebhookReceiver } from '../support/webhook-receiver.ts';
import type { Demo } from './demo.ts';

/** The sources: the requests import files that stand beside them. */
const folder = fileURLToPath(new URL('../../../docs/http', import.meta.url));

/** What deletes.http makes, it makes to throw away: no example of anything else. */
const last = 'deletes.http';

/** Every request of docs/http in turn, as the tests send them. */
export async function askAsDocumented({ variables }: Demo): Promise<readonly HttpExchange[]> {
  const exchanges: HttpExchange[] = [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.http') && name !== last);
  for (const file of [...files.sort(), last]) {
    const path = join(folder, file);
    // Names with the time in them are for those who send the requests again and again.
    const run = new HttpFileRun(path, { ...variables, $timestamp: '1' });
    for (const request of await readHttpFile(path)) exchanges.push(await run.send(request));
  }
  return exchanges;
}

/** What docs/http cannot ask as written: it takes an operator's key, or a delivery that has ended, or is refused. */
export async function askBesides(demo: Demo): Promise<readonly HttpExchange[]> {
  const receiver = await startWebhookReceiver();
  const run = new HttpFileRun(folder, demo.variables);
  const ask = async (method: string, path: string, body?: object, key = '{{api_key}}'): Promise<HttpExchange> =>
    run.send({
      name: path,
      method,
      url: `{{base_url}}/api/v1/${path}`,
      headers: [
        ['Authorization', `Bearer ${key}`],
        ['Content-Type', 'application/json'],
      ],
      body: body === undefined ? [] : [{ text: JSON.stringify(body) }],
    });
  try {
    const acme = { slug: 'acme', name: 'Acme', owner: 'auth0|5f7c8ec7c33c6c004bbafe82' };
    const organization = await ask('POST', 'orgs', acme, await demo.operatorKey());

    const webhooks = 'org/{{org}}/webhooks';
    const webhook = `${webhooks}/${idIn(await ask('POST', webhooks, { url: receiver.url }))}`;
    const project = 'org/{{org}}/ws/{{workspace}}/airt/projects/{{project}}';
    await ask('POST', `${project}/reports/build`, { preset: { sections: ['risk_score_metrics'] } });
    const deliveries = await eventually(
      () => ask('GET', `${webhook}/deliveries`),
      ({ text }) => text.includes('"delivered"'),
      60_000,
    );
    const [delivery] = (JSON.parse(deliveries.text) as { deliveries: { id: string }[] }).deliveries;
    const nothing = { preset: { sections: ['findings'], filters: { attack_name: ['no such attack'] } } };
    const refused = [
      await ask('POST', `${project}/reports/build`, nothing),
      await ask('POST', `${project}/reports/preview`, nothing),
    ];
    const redelivery = await ask('POST', `${webhook}/deliveries/${delivery?.id ?? ''}/redeliver`);
    await ask('DELETE', webhook);
    return [organization, deliveries, redelivery, ...refused];
  } finally {
    await receiver.stop();
  }
}

const idIn = ({ text }: HttpExchange): string => (JSON.parse(text) as { id: string }).id;
