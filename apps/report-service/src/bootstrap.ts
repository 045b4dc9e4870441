import { resolve } from 'node:path';
import { CommandBus } from '@nestjs/cqrs';
import type { INestApplication } from '@nestjs/common';
import { BootstrapWorkspace } from '#contracts';
import { readCredentials, writeCredentials } from './credentials-file.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** First organization, workspace and key, where the environment asks for them; the key goes to a file of mode 0600. */
export async function bootstrapWorkspace(
  app: INestApplication,
  env: Env,
  embedded: boolean,
  dataDir: string,
): Promise<void> {
  const org = env['BOOTSTRAP_ORG'] ?? (embedded ? 'demo' : undefined);
  const workspace = env['BOOTSTRAP_WORKSPACE'] ?? (embedded ? 'red-team' : undefined);
  if (org === undefined || workspace === undefined) return;
  const file = env['BOOTSTRAP_API_KEY_FILE'] ?? resolve(dataDir, 'credentials.json');
  // Keys are stored hashed: the file is the only place that still has this one, so it is made anew only without it.
  if (await readCredentials(file)) return;
  const { apiKey } = await app.get(CommandBus).execute(new BootstrapWorkspace(org, workspace));
  await writeCredentials(file, { org, workspace, api_key: apiKey });
}
