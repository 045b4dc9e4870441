import { Projects1764000000001 } from './0001-projects.ts';
import { Findings1764000000002 } from './0002-findings.ts';
import { Builds1764000000003 } from './0003-builds.ts';
import { Events1764000000004 } from './0004-events.ts';
import { Access1764000000005 } from './0005-access.ts';
import { Templates1764000000006 } from './0006-templates.ts';
import { FindFast1764000000007 } from './0007-find-fast.ts';
import { Lifecycle1764000000008 } from './0008-lifecycle.ts';
import { BuildJobs1764000000009 } from './0009-build-jobs.ts';
import { Audit1764000000010 } from './0010-audit.ts';
import { Limits1764000000011 } from './0011-limits.ts';
import { Webhooks1764000000012 } from './0012-webhooks.ts';
import { IndexOnly1764000000013 } from './0013-index-only.ts';
import { DeleteWorkspaces1764000000014 } from './0014-delete-workspaces.ts';
import { TellSourcesApart1764000000015 } from './0015-tell-sources-apart.ts';
import { DigestTrials1764000000016 } from './0016-digest-trials.ts';
import { OrderOfFindings1764000000017 } from './0017-order-of-findings.ts';
import { IndexUnpublishedEvents1764000000018 } from './0018-index-unpublished-events.ts';
import { CancelDeliveries1764000000019 } from './0019-cancel-deliveries.ts';
import { DiscardImages1764000000020 } from './0020-discard-images.ts';
import { DeliverInTurns1764000000021 } from './0021-deliver-in-turns.ts';
import { RelayInOrder1764000000022 } from './0022-relay-in-order.ts';
import { BuildInTurn1764000000023 } from './0023-build-in-turn.ts';

/** All migrations, oldest first; each module has a Postgres schema of its own (that of tenancy is `projects`). Dialect: PostgreSQL 15. */
export const migrations = [
  Projects1764000000001,
  Findings1764000000002,
  Builds1764000000003,
  Events1764000000004,
  Access1764000000005,
  Templates1764000000006,
  FindFast1764000000007,
  Lifecycle1764000000008,
  BuildJobs1764000000009,
  Audit1764000000010,
  Limits1764000000011,
  Webhooks1764000000012,
  IndexOnly1764000000013,
  DeleteWorkspaces1764000000014,
  TellSourcesApart1764000000015,
  DigestTrials1764000000016,
  OrderOfFindings1764000000017,
  IndexUnpublishedEvents1764000000018,
  CancelDeliveries1764000000019,
  DiscardImages1764000000020,
  DeliverInTurns1764000000021,
  RelayInOrder1764000000022,
  BuildInTurn1764000000023,
];
