import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';

import { rowsOf } from './support/rows.ts';
import { sharedService, type SharedService } from './support/shared-service.ts';

const AIRT = join(__dirname, '../dist/bundle/apps/report-service/src/airt.js');

interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

describe('the command line', () => {
  let service: SharedService;
  let env: Readonly<Record<string, string>>;
  /** One process for most commands: each loads the whole service's code first. */
  let session: ChildProcess;
  let answers: Interface;

  beforeAll(async () => {
    service = await sharedService();
    const { owner, app, relay } = service.databaseUrls;
    env = { DATABASE_URL: owner, DATABASE_APP_URL: app, DATABASE_RELAY_URL: relay, NODE_ENV: 'production' };
    const child = spawn(process.execPath, [join(__dirname, 'support/airt-session.mjs'), AIRT], {
      env,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    answers = createInterface({ input: child.stdout });
    session = child;
  });
  afterAll(async () => {
    const ended = new Promise((resolve) => session.once('close', resolve));
    session.stdin?.end();
    // Nothing that a command opened keeps its process alive.
    expect(await ended).toBe(0);
  });

  const airt = (...words: string[]): Promise<Ended> =>
    new Promise((resolve, reject) => {
      const died = (): void => {
        reject(new Error(`airt ${words.join(' ')}: the process ended.`));
      };
      session.once('close', died);
      answers.once('line', (line) => {
        session.off('close', died);
        resolve(JSON.parse(line) as Ended);
      });
      session.stdin?.write(`${JSON.stringify(words)}\n`);
    });
  /** As a person starts it: a process for the one command. */
  const airtAlone = (...words: string[]): Promise<Ended> =>
    new Promise((resolve) => {
      execFile(process.execPath, [AIRT, ...words], { env, timeout: 60_000 }, (error, stdout, stderr) => {
        resolve({ status: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
      });
    });
  const json = async <T>(...words: string[]): Promise<T> => {
    const { status, stdout, stderr } = await airt('--json', ...words);
    expect([status, stderr]).toEqual([0, '']);
    return JSON.parse(stdout) as T;
  };

  it('makes an organization with all that is in it, and a key that the API takes', async () => {
    const made = await json<{ slug: string; first_key: { key: string } }>(
      ...['orgs', 'create', '--slug', 'acme', '--name', 'Acme', '--owner', 'auth0|ada'],
    );
    expect(made.slug).toBe('acme');
    await json('workspaces', 'create', '--org', 'acme', '--slug', 'w', '--name', 'W');
    await json('projects', 'create', '--org', 'acme', '--workspace', 'w', '--slug', 'p', '--name', 'P');
    const { key } = await json<{ key: string }>(
      ...['keys', 'create', '--org', 'acme', '--workspace', 'w', '--scopes', 'read,build'],
      ...['--name', 'ci', '--expires', '90d'],
    );
    const projects = await service.api.get<{ projects: { slug: string }[] }>('/api/v1/org/acme/ws/w/airt/projects', {
      key,
    });
    expect(projects.body.projects.map(({ slug }) => slug)).toEqual(['p']);
    const me = await service.api.get<{ expires_at: string }>('/api/v1/me', { key });
    const days = (Date.parse(me.body.expires_at) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(89);
    expect(days).toBeLessThan(90.1);
  });

  it('keeps members by the rules of the API', async () => {
    await json('members', 'add', '--org', 'acme', '--subject', 'bob', '--role', 'member');
    await json('members', 'add', '--org', 'acme', '--workspace', 'w', '--subject', 'bob', '--role', 'editor');
    const members = await json<{ subject: string; role: string }[]>('members', 'list', '--org', 'acme');
    expect(members.map(({ subject, role }) => [subject, role])).toEqual([
      ['auth0|ada', 'owner'],
      ['bob', 'member'],
    ]);
    const last = await airt('members', 'remove', '--org', 'acme', '--subject', 'auth0|ada');
    expect([last.status, last.stderr]).toEqual([1, 'This is the last owner: make somebody else an owner first.\n']);
    expect((await airt('members', 'remove', '--org', 'acme', '--subject', 'bob')).stdout).toBe('Done.\n');
  });

  it('lists and revokes keys, and makes those of operators', async () => {
    const listed = await airtAlone('--json', 'keys', 'list', '--org', 'acme');
    expect([listed.status, listed.stderr]).toEqual([0, '']);
    const keys = JSON.parse(listed.stdout) as { id: string; name: string }[];
    const ci = keys.find(({ name }) => name === 'ci');
    const revoked = await json<{ status: string }>('keys', 'revoke', '--org', 'acme', '--id', ci?.id ?? '');
    expect(revoked.status).toBe('revoked');
    const { key } = await json<{ key: string }>('keys', 'create-operator', '--name', 'ops', '--expires', '2w');
    const made = await service.api.post('/api/v1/orgs', { slug: 'by-operator', name: 'By operator' }, { key });
    expect(made.status).toBe(201);
  });

  it('says what is wrong, and where', async () => {
    const refused = await airt('keys', 'create', '--org', 'acme', '--scopes', 'root', '--name', 'x');
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('scopes: each value in scopes must be one of');
    expect((await airt('keys', 'list', '--org', 'nobody')).stderr).toBe('No organization has this slug.\n');
    const incomplete = await airtAlone('keys', 'list');
    expect(incomplete.status).toBe(1);
    expect(incomplete.stderr).toContain("required option '--org <slug>' not specified");
  });

  it('is in the audit log as the operator', async () => {
    const rows = await rowsOf<{ action: string }>(
      service,
      `select distinct e.action from audit.entry e join projects.organization o on o.id = e.organization_id
       where o.slug = 'acme' and e.actor_kind = 'operator' order by 1`,
    );
    expect(rows.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['key.created', 'key.revoked', 'member.added', 'member.removed', 'organization.created']),
    );
  });
});
