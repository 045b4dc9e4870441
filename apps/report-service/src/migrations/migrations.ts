import { Projects1764000000001 } from './0001-projects.ts';
import { Findings1764000000002 } from './0002-findings.ts';
import { Builds1764000000003 } from './0003-builds.ts';
import { Events1764000000004 } from './0004-events.ts';
import { Access1764000000005 } from './0005-access.ts';
import { Audit1764000000010 } from './0010-audit.ts';
import { Webhooks1764000000012 } from './0012-webhooks.ts';

/** All migrations, oldest first; each module has a Postgres schema of its own. Dialect: PostgreSQL 15. */
export const migrations = [
  Projects1764000000001,
  Findings1764000000002,
  Builds1764000000003,
  Events1764000000004,
  Access1764000000005,
  Audit1764000000010,
  Webhooks1764000000012,
];
