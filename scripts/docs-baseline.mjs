// At a release: what is documented now is what later versions must keep.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';

import { repository } from './lib/repository.mjs';

copyFileSync(join(repository, 'docs/openapi.json'), join(repository, 'docs/openapi-baseline.json'));
process.stdout.write('written: docs/openapi-baseline.json\n');
