import { detectorName } from './garak-words.ts';
import { asName, asNumber, type JsonRecord } from '../reading/json-value.ts';
import { excerpt, warn } from '../reading/warn.ts';
import type { ReadTally } from '../staged-record.ts';

/** Beyond this many pairs of probe and detector nothing is compared, so that memory stays bounded. */
const comparedPairs = 10_000;

/** Counts trials per probe and detector, and compares what the file's evaluation rows claim (rule 5). */
export class EvaluationCheck {
  private readonly pairs = new Map<string, { resisted: number; succeeded: number }>();

  constructor(private readonly tally: ReadTally) {}

  count(probe: string, scores: ReadonlyMap<string, readonly (number | null)[]>, threshold: number): void {
    for (const [detector, values] of scores) {
      const key = pairName(probe, detector);
      const counts = this.pairs.get(key) ?? { resisted: 0, succeeded: 0 };
      for (const value of values) {
        if (value === null) continue;
        if (value >= threshold) counts.succeeded += 1;
        else counts.resisted += 1;
      }
      if (this.pairs.size < comparedPairs) this.pairs.set(key, counts);
    }
  }

  /** What the row claims, to be kept as source_reported; undefined for a row without probe or detector. */
  compare(row: JsonRecord): Record<string, unknown> | undefined {
    const probe = asName(row['probe']);
    const detector = asName(row['detector']);
    if (probe === undefined || detector === undefined) return undefined;
    const name = pairName(probe, detectorName(detector));
    const passed = asNumber(row['passed']);
    const total = asNumber(row['total_evaluated']) ?? asNumber(row['total']);
    const fails = asNumber(row['fails']) ?? (total !== undefined && passed !== undefined ? total - passed : undefined);
    const { resisted, succeeded } = this.pairs.get(name) ?? { resisted: 0, succeeded: 0 };
    if ((passed !== undefined && passed !== resisted) || (fails !== undefined && fails !== succeeded)) {
      warn(
        this.tally,
        `evaluation of ${excerpt(name, 100)} claims ${passed ?? '?'} passed and ${fails ?? '?'} failed; the rows show ${resisted} and ${succeeded}`,
      );
    }
    const claim = Object.fromEntries(
      claimFields.flatMap((field) => (row[field] === undefined ? [] : [[field, row[field]]])),
    );
    return { [`evaluation of ${name}`]: claim };
  }
}

const claimFields = [
  'passed',
  'fails',
  'nones',
  'total',
  'total_evaluated',
  'total_processed',
  'confidence_method',
  'confidence',
  'confidence_lower',
  'confidence_upper',
];

function pairName(probe: string, detector: string): string {
  return `${probe} by ${detector}`;
}
