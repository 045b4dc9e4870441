import { rm } from 'node:fs/promises';

import './global-setup.ts';
import { testStack } from './test-stack.ts';

export default async function globalTeardown(): Promise<void> {
  await globalThis.stopTestStack?.();
  await rm(testStack().dataDir, { recursive: true, force: true });
}
