import { buildWhenStale } from './build.mjs';
import { installWhenStale } from './install.mjs';
import { requireNode } from './require-node.mjs';

/** What every script needs first: a Node that will do, the packages of the lockfile, dist/ of these sources. */
export async function setUp() {
  requireNode();
  await installWhenStale();
  await buildWhenStale();
}
