import { storedLimits } from '#domain';
import { InvalidImport } from '../formats/invalid-import.ts';
import type {
  SkippedRow,
  StagedAssessment,
  StagedAttackFacts,
  StagedExport,
  StagedFile,
  StagedSource,
} from '../formats/staged-record.ts';

/** An attacker's file must not fill our memory with assessments or attacks that each hold one row. */
const maxAssessments = 1_000;
/** An export holds a whole project, which came by any number of files. */
const maxOfExport = 10_000;
const maxAttackFacts = 10_000;

/** What a file says beside its rows; small, so that it is kept in memory and merged as it comes. */
export class FileFacts {
  readonly assessments = new Map<string, StagedAssessment>();
  readonly attackFacts = new Map<string, StagedAttackFacts>();
  readonly skippedReasons = new Map<string, number>();
  /** Imports that an export brings back; null for any other file. */
  sources: Map<string, StagedSource> | null = null;
  /** What the file claims of itself as a whole. */
  claims: Readonly<Record<string, unknown>> = {};
  private jsonLength = 0;

  take(record: StagedAssessment | StagedAttackFacts | SkippedRow | StagedFile | StagedExport | StagedSource): void {
    switch (record.kind) {
      case 'assessment':
        this.mergeAssessment(record);
        return;
      case 'attack_facts':
        this.mergeAttackFacts(record);
        return;
      case 'skipped':
        this.skippedReasons.set(record.reason, (this.skippedReasons.get(record.reason) ?? 0) + 1);
        return;
      case 'file':
        this.claims = { ...this.claims, ...record.source_reported };
        return;
      case 'export':
        this.sources ??= new Map();
        return;
      case 'source':
        this.addSource(record);
    }
  }

  private addSource(record: StagedSource): void {
    this.sources ??= new Map();
    if (this.sources.size >= maxOfExport) {
      throw new InvalidImport([{ loc: ['file'], msg: `names more than ${maxOfExport} sources`, type: 'too_many' }]);
    }
    this.sources.set(record.id, record);
  }

  private mergeAssessment(record: StagedAssessment): void {
    const known = this.assessments.get(record.key);
    const limit = this.sources === null ? maxAssessments : maxOfExport;
    if (!known && this.assessments.size >= limit) {
      throw new InvalidImport([{ loc: ['file'], msg: `names more than ${limit} assessments`, type: 'too_many' }]);
    }
    this.jsonLength += lengthOfJson(record);
    if (this.jsonLength > storedLimits.jsonOfFile) {
      const msg = `The configurations and manifests of its assessments are longer than ${storedLimits.jsonOfFile} characters in all.`;
      throw new InvalidImport([{ loc: ['file'], msg, type: 'value_too_large' }]);
    }
    const claims = { ...known?.source_reported, ...record.source_reported };
    this.assessments.set(record.key, {
      ...known,
      ...record,
      ...(Object.keys(claims).length > 0 && { source_reported: claims }),
    });
  }

  private mergeAttackFacts(record: StagedAttackFacts): void {
    const key = JSON.stringify([record.assessment, record.attack_name]);
    const known = this.attackFacts.get(key);
    if (!known && this.attackFacts.size >= maxAttackFacts) {
      throw new InvalidImport([{ loc: ['file'], msg: `names more than ${maxAttackFacts} attacks`, type: 'too_many' }]);
    }
    this.attackFacts.set(key, {
      ...known,
      ...record,
      compliance: mergeTags(known?.compliance ?? {}, record.compliance),
    });
  }
}

const lengthOfJson = (record: StagedAssessment): number =>
  Object.values(record).reduce<number>(
    (sum, value) => sum + (typeof value === 'object' && value !== null ? JSON.stringify(value).length : 0),
    0,
  );

function mergeTags(
  known: StagedAttackFacts['compliance'],
  more: StagedAttackFacts['compliance'],
): StagedAttackFacts['compliance'] {
  const frameworks = new Set([...Object.keys(known), ...Object.keys(more)]);
  return Object.fromEntries(
    [...frameworks].map((framework) => [
      framework,
      [...new Set([...(known[framework] ?? []), ...(more[framework] ?? [])])].sort(),
    ]),
  );
}
