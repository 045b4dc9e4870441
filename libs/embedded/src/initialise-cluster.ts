import { execFile } from 'node:child_process';
import { chown, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { superuser } from './postgres-credentials.ts';
import { randomSecret } from './random-secret.ts';
import { asServerAccount, runsAsRoot, serverAccount } from './server-account.ts';

/** Makes an empty cluster that only the given password opens. It appears whole: a crash leaves a draft, never a half. */
export async function initialiseCluster(options: {
  readonly initdb: string;
  readonly cluster: string;
  readonly password: string;
  readonly env: NodeJS.ProcessEnv;
}): Promise<void> {
  const draft = join(dirname(options.cluster), `draft-${randomSecret(6)}`);
  const passwordFile = join(draft, 'password');
  const files = join(draft, 'cluster');
  await mkdir(draft, { mode: 0o700 });
  await writeFile(passwordFile, options.password, { mode: 0o600 });
  if (runsAsRoot()) {
    await chown(passwordFile, serverAccount.uid, serverAccount.gid);
    await chown(draft, serverAccount.uid, serverAccount.gid);
  }
  try {
    await promisify(execFile)(
      options.initdb,
      [
        `--pgdata=${files}`,
        `--username=${superuser}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // The same order and the same case rules on every machine, with no locale of the machine's own.
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
      ],
      { ...asServerAccount(), cwd: '/', env: options.env, windowsHide: true },
    );
    await rename(files, options.cluster);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
