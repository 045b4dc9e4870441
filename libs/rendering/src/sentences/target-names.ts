import type { TargetRow } from '#domain';
import { listInWords } from '../format/numbers.ts';
import { shortenName } from '../text/shorten-field.ts';
import { tellApart } from '../text/tell-apart.ts';

/** Targets by their key as they are printed; one that nobody names goes by its assessment. */
export function targetNames(
  targets: readonly Pick<TargetRow, 'target_key' | 'name' | 'assessments'>[],
): ReadonlyMap<string, string> {
  const named = targets.map((row) => row.name ?? unnamed(row.assessments));
  const printed = tellApart(named, 300);
  return new Map(targets.map((row, index) => [row.target_key, printed.get(named[index] ?? '') ?? '']));
}

function unnamed(assessments: readonly string[]): string {
  const names = listInWords(assessments.map((name) => shortenName(name, 120)));
  return names === '' ? 'target not named by the source' : `unnamed target of ${names}`;
}
