import { Client } from 'pg';

import { loginRoles, type PostgresCredentials } from './postgres-credentials.ts';

/** Creates what is absent of the three login roles, with the passwords of this data folder. */
export async function prepareRoles(superuserUrl: string, passwords: PostgresCredentials['passwords']): Promise<void> {
  await connected(superuserUrl, async (client) => {
    const walls = 'LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION';
    const roles = [
      [loginRoles.owner, `${walls} NOBYPASSRLS`, passwords.owner],
      [loginRoles.app, `${walls} NOBYPASSRLS`, passwords.app],
      // The relay reads the outbox of every tenant.
      [loginRoles.relay, `${walls} BYPASSRLS`, passwords.relay],
    ] as const;
    for (const [name, attributes, password] of roles) {
      const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [name]);
      const verb = rowCount === 0 ? 'CREATE' : 'ALTER';
      await client.query(`${verb} ROLE ${name} ${attributes} PASSWORD ${client.escapeLiteral(password)}`);
    }
  });
}

/** Creates the database if absent, owned by the owner role; nobody but the three roles may connect. */
export async function prepareDatabase(superuserUrl: string, database: string): Promise<void> {
  await connected(superuserUrl, async (client) => {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database]);
    if (rowCount !== 0) return;
    const name = client.escapeIdentifier(database);
    await client.query(`CREATE DATABASE ${name} OWNER ${loginRoles.owner}`);
    await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
    await client.query(`GRANT CONNECT, TEMPORARY ON DATABASE ${name} TO ${loginRoles.app}, ${loginRoles.relay}`);
  });
}

async function connected(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
