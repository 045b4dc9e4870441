import { resolve } from 'node:path';
import { readSecretFile, writeSecretFile } from '#files';
import type { Config } from '#platform';
import { bootstrapWorkspace } from './tenancy/access/bootstrap-workspace.ts';

/** First organization, workspace and key, where the environment asks for them; the key goes to a file of mode 0600. */
export async function makeFirstKey({ database, dataDir, firstKey }: Config, embedded: boolean): Promise<void> {
  const org = firstKey.org ?? (embedded ? 'demo' : null);
  const workspace = firstKey.workspace ?? (embedded ? 'red-team' : null);
  if (org === null || workspace === null) return;
  const file = firstKey.file ?? resolve(dataDir, 'credentials.json');
  // Keys are stored hashed: the file is the only place that still has this one, so it is made anew only without it.
  if (await readSecretFile(file)) return;
  const { apiKey } = await bootstrapWorkspace(database.ownerUrl, { org, workspace });
  await writeSecretFile(file, { org, workspace, api_key: apiKey });
}
