import { type SectionKey, totalRuns } from '#domain';
import { prose } from '../../model/blocks.ts';
import type { Block } from '../../model/report-content.ts';
import type { ReportSetting } from '../../sentences/report-setting.ts';
import { severalTargets } from '../../sentences/tally-sentences.ts';
import { targetNames } from '../../sentences/target-names.ts';
import type { SectionBody } from './section-composer.ts';

/** The target that a part of a section is about. */
export interface PartTarget {
  readonly key: string;
  /** Position among the targets with a part, from 0; for anchors. */
  readonly index: number;
}

/**
 * A section of a report on one target is one part; of several it has a part for each with rows, in the order of the targets,
 * and pools nothing.
 */
export function byTarget(
  setting: ReportSetting,
  section: SectionKey,
  number: string,
  keys: Iterable<string>,
  compose: (target: PartTarget, number: string) => SectionBody,
): SectionBody {
  const { targets } = setting.facts.rows;
  const wanted = new Set(keys);
  const ordered = [
    ...targets.map(keyOf).filter((key) => wanted.has(key)),
    ...[...wanted].filter((key) => !targets.some((target) => target.target_key === key)),
  ];
  const [only] = ordered;
  const attacked = new Set([...targets.filter((target) => totalRuns(target) > 0).map(keyOf), ...ordered]);
  if (only === undefined || attacked.size === 1) return compose({ key: only ?? '', index: 0 }, number);
  const names = targetNames(targets);
  return {
    lead: [
      {
        text: setting.ledger.state(
          {
            kind: 'number',
            about: {},
            population: { coverage: 'any', status: 'counted', domain: 'generative' },
            of: 'targets',
            value: attacked.size,
          },
          severalTargets(ordered.length, attacked.size),
        ),
      },
    ],
    blocks: ordered.flatMap((key, index): Block[] => {
      const own = `${number}.${index + 1}`;
      const { lead, blocks } = compose({ key, index }, own);
      const heading: Block = {
        kind: 'heading',
        number: own,
        text: names.get(key) ?? key,
        anchor: `section-${section}-target-${index + 1}`,
      };
      return [heading, prose('text', lead), ...blocks.map(minor)];
    }),
  };
}

const keyOf = (target: { readonly target_key: string }): string => target.target_key;

const minor = (block: Block): Block => (block.kind === 'heading' ? { ...block, minor: true } : block);
