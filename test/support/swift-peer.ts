import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

import { freePort } from '#embedded';

import { hasProgram } from './describe-when.ts';
import { eventually } from './eventually.ts';
import type { TestStack } from './test-stack.ts';

export interface SwiftPeer {
  readonly store: TestStack['store'];
  stop(): Promise<void>;
}

const kinds = ['account', 'container', 'object'] as const;
const programs = [
  'memcached',
  'swift-ring-builder',
  'swift-proxy-server',
  ...kinds.map((kind) => `swift-${kind}-server`),
];

export const swiftIsInstalled = (): boolean => programs.every(hasProgram);

/**
 * OpenStack Swift with its S3 API on loopback: another implementation than ours, by other people, that checks signatures
 * and expiry itself. Debian's packages swift-proxy, swift-account, swift-container, swift-object and memcached.
 */
export async function startSwiftPeer(): Promise<SwiftPeer> {
  const home = await mkdtemp(join(tmpdir(), 'airt-swift-'));
  const account = serverAccount();
  const secret = randomBytes(16).toString('hex');
  const ports = {
    proxy: await freePort(),
    cache: await freePort(),
    account: await freePort(),
    container: await freePort(),
    object: await freePort(),
  };

  mkdirSync(join(home, 'devices', 'd1'), { recursive: true });
  const write = (name: string, text: string): string => {
    const path = join(home, name);
    writeFileSync(path, text);
    return path;
  };
  write('swift.conf', `[swift-hash]\nswift_hash_path_suffix = ${randomBytes(8).toString('hex')}\n`);
  for (const kind of kinds) {
    const builder = join(home, `${kind}.builder`);
    for (const step of [['create', '4', '1', '1'], ['add', `r1z1-127.0.0.1:${ports[kind]}/d1`, '1'], ['rebalance']]) {
      execFileSync('swift-ring-builder', [builder, ...step], { stdio: 'ignore' });
    }
    write(`${kind}.conf`, storageConfig(kind, home, account.name, ports[kind]));
  }
  write('proxy.conf', proxyConfig(home, account.name, ports.proxy, ports.cache, secret));
  giveTo(account, home);

  const started: ChildProcess[] = [];
  let complaints = '';
  const start = (program: string, ...args: string[]): void => {
    const child = spawn(program, args, {
      uid: account.uid,
      gid: account.gid,
      cwd: home,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        complaints = (complaints + text).slice(-4000);
      });
    }
    started.push(child);
  };
  const stop = async (): Promise<void> => {
    process.off('exit', kill);
    const ended = started
      .filter((child) => child.exitCode === null)
      .map((child) => new Promise((resolve) => child.once('close', resolve)));
    kill();
    await Promise.all(ended);
    await rm(home, { recursive: true, force: true });
  };
  const kill = (): void => {
    for (const child of started) child.kill('SIGKILL');
  };
  process.once('exit', kill);

  start('memcached', '-l', '127.0.0.1', '-p', String(ports.cache), '-U', '0');
  for (const kind of kinds) start(`swift-${kind}-server`, join(home, `${kind}.conf`));
  start('swift-proxy-server', join(home, 'proxy.conf'));
  try {
    await eventually(
      () =>
        fetch(`http://127.0.0.1:${ports.proxy}/healthcheck`).then(
          ({ status }) => status,
          () => 0,
        ),
      (status) => status === 200,
    );
  } catch (error) {
    await stop();
    throw new Error(`Swift did not start: ${complaints}`, { cause: error });
  }
  return {
    store: {
      endpoint: `http://127.0.0.1:${ports.proxy}`,
      accessKey: 'lab:admin',
      secretKey: secret,
      region: 'us-east-1',
    },
    stop,
  };
}

interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Root runs it as the account of Debian's package, anybody else as themselves. */
function serverAccount(): Account {
  const { username, uid, gid } = userInfo();
  if (uid !== 0) return { name: username, uid, gid };
  const [name = '', , own = '', group = ''] =
    readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((line) => line.startsWith('swift:'))
      ?.split(':') ?? [];
  return { name, uid: Number(own), gid: Number(group) };
}

function giveTo({ uid, gid }: Account, home: string): void {
  if (userInfo().uid !== 0) return;
  chmodSync(home, 0o755);
  for (const path of [home, join(home, 'devices'), join(home, 'devices', 'd1')]) chownSync(path, uid, gid);
}

const storageConfig = (kind: string, home: string, user: string, port: number): string => `[DEFAULT]
bind_ip = 127.0.0.1
bind_port = ${port}
user = ${user}
swift_dir = ${home}
devices = ${join(home, 'devices')}
mount_check = false
workers = 0
[pipeline:main]
pipeline = ${kind}-server
[app:${kind}-server]
use = egg:swift#${kind}
`;

const proxyConfig = (home: string, user: string, port: number, cache: number, secret: string): string => `[DEFAULT]
bind_ip = 127.0.0.1
bind_port = ${port}
user = ${user}
swift_dir = ${home}
workers = 0
[pipeline:main]
pipeline = catch_errors gatekeeper healthcheck proxy-logging cache listing_formats bulk tempurl s3api tempauth copy slo dlo versioned_writes symlink proxy-logging proxy-server
[app:proxy-server]
use = egg:swift#proxy
allow_account_management = true
account_autocreate = true
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
[filter:tempauth]
use = egg:swift#tempauth
user_lab_admin = ${secret} .admin .reseller_admin
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:${cache}
[filter:versioned_writes]
use = egg:swift#versioned_writes
allow_object_versioning = true
${[
  'catch_errors',
  'gatekeeper',
  'healthcheck',
  'proxy_logging',
  'listing_formats',
  'bulk',
  'tempurl',
  'copy',
  'slo',
  'dlo',
  'symlink',
]
  .map((name) => `[filter:${name === 'proxy_logging' ? 'proxy-logging' : name}]\nuse = egg:swift#${name}\n`)
  .join('')}`;
