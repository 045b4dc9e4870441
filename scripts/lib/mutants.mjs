// Faults put into the sources by hand: here one for each heavy suite, with the test that must see it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { claimMutants } from './claim-mutants.mjs';

/**
 * Each: the file, a text in it that stands there once, what stands there instead, the spec, and the test by its name; without
 * one, any test of the spec may see it. With `built: false` what was built of the file is left as it is.
 */
export const mutants = [
  {
    fault: 'signs that hide or steer text are printed as they are',
    file: 'libs/rendering/src/text/hidden-characters.ts',
    find: "if (hidden.test(character)) kind = 'hidden';",
    replace: "if (hidden.test(character)) kind = 'plain';",
    spec: 'hostile-corpus.spec',
    test: 'ends in a sound report',
  },
  {
    fault: 'the accent has another colour',
    file: 'libs/rendering/src/theme/colours.ts',
    find: "accent: '#1B3A5C',",
    replace: "accent: '#1B5A5C',",
    spec: 'pictures.spec',
    test: 'are those of the sample report',
  },
  {
    fault: 'a picture loses its proportions',
    file: 'libs/rendering/src/layout/blocks/draw-image.ts',
    find: 'height: image.height * scale };',
    replace: 'height: image.width * scale };',
    spec: 'render-template.spec',
    test: 'keeps its proportions',
  },
  {
    fault: 'a rendering thread never lets go of findings it does not need',
    file: 'libs/rendering/src/pool/run-job.ts',
    find: 'void findings?.return?.(undefined).catch(() => undefined);',
    replace: 'void findings;',
    spec: 'rendering-pool.spec',
    test: 'lets go of the rest',
  },
  {
    fault: 'a lower bound of the score leaves out the score itself',
    file: 'apps/report-service/src/findings/rows/row-query.ts',
    find: 'conditions.push(`best_score >= ${',
    replace: 'conditions.push(`best_score > ${',
    spec: 'filters.e2e-spec',
    test: 'keep the same rows',
  },
  {
    fault: 'a viewer may write',
    file: 'apps/report-service/src/tenancy/access/rights.ts',
    find: "viewer: ['read'],",
    replace: "viewer: ['read', 'write'],",
    spec: 'access-matrix.e2e-spec',
    test: 'answers as scopes and roles say',
  },
  {
    fault: 'an id of any form reaches the database',
    file: 'libs/domain/src/text-forms.ts',
    find: 'uuidForm = /^',
    replace: 'uuidForm = /^.*$|^',
    spec: 'fuzz.e2e-spec',
    test: 'are answered as documented',
  },
  {
    fault: 'a build that the queue forgot stays forgotten',
    file: 'apps/report-service/src/builds/sweep-builds/sweep-builds.ts',
    find: 'this.ledger.findForgotten(forgottenAfterSeconds)',
    replace: 'this.ledger.findForgotten(forgottenAfterSeconds * 1000)',
    spec: 'queue-backends.e2e-spec',
    test: 'may lose everything it holds',
  },
  {
    fault: 'a build whose worker died is never taken back',
    file: 'apps/report-service/src/builds/build-ledger.ts',
    find: "'worker_crashed', 'lease_until < now()'",
    replace: "'worker_crashed', 'lease_until is null'",
    spec: 'recovery.e2e-spec',
    test: 'gives up on a build that kills its worker',
  },
  {
    fault: 'the object of a deleted build stays',
    file: 'apps/report-service/src/builds/build-ledger.ts',
    find: "new ReportDeleted(row.organization_id, row.id, identity(row))); await this.discard(tx, row, 'deleted', null);",
    replace: 'new ReportDeleted(row.organization_id, row.id, identity(row)));',
    spec: 'build-jobs.e2e-spec',
    test: 'lose their object even when',
  },
  ...claimMutants,
];

/** A source with its fault. Throws where the text does not stand there once, whatever the white space. */
export function mutated(source, { file, find, replace }) {
  const words = find.split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const parts = source.split(new RegExp(words.join('\\s+')));
  if (parts.length !== 2) throw new Error(`${file}: ${parts.length - 1} times, not once: ${find}`);
  return parts.join(replace);
}

/** What is wrong with the list: a mutant that no longer applies would be forgotten. */
export function staleMutants(folder) {
  return mutants.flatMap((mutant) => {
    try {
      mutated(readFileSync(join(folder, mutant.file), 'utf8'), mutant);
      return [];
    } catch (error) {
      return [error.message];
    }
  });
}
