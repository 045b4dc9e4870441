import type {
  Coverage,
  EvidenceLevel,
  FindingStatus,
  FindingsFilter,
  FindingType,
  Outcome,
  Rate,
  ReportStyleFacts,
  RunCounts,
  ScoreMeaning,
  ScoreScale,
  Severity,
  SeveritySource,
  TrialsClaim,
} from '#domain';
import type { StatedClaim } from './claims-ledger.ts';
import type { FiguresContent } from './figures-content.ts';

/**
 * What can be printed: a tree of meaning, not of layout. Every format draws this tree; none asks the data again.
 * Every string may be hostile: a drawing passes it through the text gate.
 */
export interface ReportContent {
  readonly title: string;
  /** Who issues it. */
  readonly author: string | null;
  /** Header, at left: title and target. */
  readonly shortTitle: string;
  readonly classification: string | null;
  readonly reportId: string;
  /** ISO 8601; the date of the document, so that the same data give the same bytes. */
  readonly dataAsOf: string | null;
  readonly style: ReportStyleFacts;
  readonly about: AboutContent;
  readonly figures: FiguresContent;
  /** A section lists findings or shows their evidence. */
  readonly showsFindings: boolean;
  /** Findings that will follow in table and details. */
  readonly findingCount: number;
  readonly cover: CoverContent;
  readonly glance: GlanceContent;
  readonly running: RunningContent;
  /** Pages that are written; null: all. */
  readonly pages: number | null;
  readonly sections: readonly SectionContent[];
  readonly integrity: SectionContent;
  /** What its texts state, in the order in which they were composed. */
  readonly claims: readonly StatedClaim[];
}

/** What a report is made of, as values. */
interface AboutContent {
  readonly project: string;
  readonly targets: readonly string[];
  readonly evidence: EvidenceLevel;
  readonly include_adversarial: boolean;
  readonly filter: FindingsFilter;
  readonly frameworks: readonly string[];
  /** Version of the service. */
  readonly release: string;
}

/** What stands above and below every page, beside its number. */
export interface RunningContent {
  /** Left of the short title, where no header of its own is given. */
  readonly logo: ImageContent | null;
  /** In place of short title and section; null: those. */
  readonly header: SlotsContent | null;
  /** In place of classification and report id; null: those. */
  readonly footer: SlotsContent | null;
  /** Over every header: what kind of copy this is. */
  readonly stamp: string | null;
}

export type SlotContent = { readonly text: string } | { readonly image: ImageContent };
export type SlotsContent = Readonly<Record<'left' | 'center' | 'right', SlotContent | null>>;

export interface CoverContent {
  readonly logo: ImageContent | null;
  readonly title: string;
  readonly subtitle: string;
  readonly summary: string;
  readonly authors: string;
  /** Of a preview: what of the report it holds. */
  readonly notice: string;
  readonly rows: readonly { readonly label: string; readonly lines: readonly string[]; readonly mono?: true }[];
}

/** A picture that a PDF holds as it is: no transparency, no interlacing; size in pixels. */
export interface ImageContent {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export interface SectionContent {
  readonly anchor: Anchor;
  /** `1`, `2` … or `A`. */
  readonly number: string;
  readonly title: string;
  readonly lead: Inline;
  readonly blocks: readonly Block[];
}

/** Places that a link may lead to. Made by us alone, never from a text of the data. */
export type Anchor =
  | `finding-${number}`
  | `row-${number}`
  | `section-${string}`
  | `action-${number}`
  | `framework-${string}`
  /** The same place in a part of the outline that came before: links made elsewhere lead to the first. */
  | `again-${number}-${string}`;

export interface Span {
  readonly text: string;
  readonly strong?: true;
  readonly tone?: 'quiet' | 'faint' | 'accent';
  readonly mono?: true;
  readonly link?: Anchor;
  /** Prints the page of this place in place of `text`. */
  readonly pageOf?: Anchor;
  /** A passage that was added or that scored. */
  readonly marked?: true;
  /** A passage of the original that was not sent. */
  readonly struck?: true;
  /** Characters withheld here; `text` is empty. */
  readonly masked?: number;
}
export type Inline = readonly Span[];

export type ProseRole = 'lead' | 'body' | 'text' | 'small' | 'table';

export type Block =
  | {
      readonly kind: 'heading';
      readonly number: string;
      readonly text: string;
      readonly anchor?: Anchor;
      readonly note?: string;
      /** Below a part of a section that has several; the contents do not name it. */
      readonly minor?: true;
    }
  | { readonly kind: 'prose'; readonly role: ProseRole; readonly inline: Inline }
  | { readonly kind: 'banner'; readonly inline: Inline }
  | { readonly kind: 'labelled'; readonly rows: readonly LabelledRow[] }
  | TableBlock
  | { readonly kind: 'tiles'; readonly tiles: readonly Tile[] }
  | { readonly kind: 'outcome_bars'; readonly rows: readonly OutcomeBarRow[] }
  | { readonly kind: 'severity_bar'; readonly counts: Readonly<Record<Severity, number>> }
  | DotChartBlock
  | LiftChartBlock
  | HeatGridBlock
  | { readonly kind: 'actions'; readonly actions: readonly ActionContent[] }
  | { readonly kind: 'states'; readonly rows: readonly { readonly state: StateMark; readonly meaning: string }[] }
  | EvidenceBlock
  | { readonly kind: 'turns'; readonly turns: readonly TurnContent[]; readonly end: string }
  | StaticTableBlock
  | { readonly kind: 'image'; readonly image: ImageContent; readonly caption: string; readonly width: number | null }
  /** `below`: a heading of its own stands above. `again`: set where the findings stand in the report once more, for anchors of their own. */
  | { readonly kind: 'findings_table'; readonly again?: number }
  | { readonly kind: 'finding_details'; readonly number: string; readonly below?: true; readonly again?: number };

export interface LabelledRow {
  readonly label: string;
  readonly blocks: readonly Block[];
}

export interface TableColumn {
  readonly title: string;
  /** Second line of the head: what the second line of a cell means. */
  readonly subtitle?: string;
  /** Points at a table size of 8.5; `*` takes the rest. */
  readonly width: number | '*';
  readonly align?: 'right';
  /** Room left of a left-aligned column that follows a right-aligned one. */
  readonly indent?: number;
}

export interface TableCell {
  readonly lines: readonly Inline[];
  readonly severity?: Severity;
  readonly state?: StateMark;
  /** Lines that the first entry may take before it ends in "…". */
  readonly clampFirst?: number;
}

export interface TableRow {
  readonly cells: readonly TableCell[];
  readonly anchor?: Anchor;
  /** The row above it ends a group: drawn with a heavier line. */
  readonly startsGroup?: true;
  readonly rank?: number;
}

export interface TableBlock {
  readonly kind: 'table';
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
  readonly total?: TableRow;
  /** In place of rows. */
  readonly empty?: string;
}

/** A table of a template's own words. Every row has a cell for each column. */
export interface StaticTableBlock {
  readonly kind: 'static_table';
  readonly title: string;
  readonly columns: readonly { readonly title: string; readonly align?: 'right' }[];
  readonly rows: readonly (readonly TableCell[])[];
}

/** `evidence`: runs bear on an item that no test can fail. */
export type StateMark = 'failed' | 'held' | 'too_little' | 'not_assessed' | 'not_tested' | 'unknown' | 'evidence';

export interface Tile {
  readonly label: string;
  readonly value: string;
  readonly lines: readonly [string, string];
}

export interface OutcomeBarRow {
  readonly label: string;
  readonly counts: RunCounts;
  readonly strong?: true;
}

export interface DotRow {
  readonly name: string;
  readonly rate: Rate | null;
  /** In place of a dot: why there is none. */
  readonly reason?: string;
  readonly notAssessed: number;
  /** Successes of files that list nothing else: in no rate. */
  readonly hits: number;
}

export interface DotChartBlock {
  readonly kind: 'dot_chart';
  readonly rows: readonly DotRow[];
  readonly overall: Rate | null;
  readonly omittedRows: number;
  readonly note: string;
}

export interface LiftRow {
  readonly name: string;
  /** Of the runs that were compared; without a baseline of all. */
  readonly rate: Rate | null;
  readonly hits: number;
  readonly baseline: Rate | null;
  readonly lift: { readonly value: number; readonly low: number; readonly high: number } | null;
  /** What was compared, in words. */
  readonly how: string;
  /** Corrected over all comparisons, as printed. */
  readonly p: string;
}

export interface LiftChartBlock {
  readonly kind: 'lift_chart';
  readonly rows: readonly LiftRow[];
}

/** Null: the pair was not tried. */
export type HeatCell = RunCounts | null;

export interface HeatGridBlock {
  readonly kind: 'heat_grid';
  readonly columns: readonly string[];
  readonly rows: readonly { readonly name: string; readonly cells: readonly HeatCell[]; readonly all: HeatCell }[];
  readonly all: readonly HeatCell[];
  readonly total: HeatCell;
}

export interface ActionContent {
  readonly number: number;
  readonly anchor: Anchor;
  readonly title: string;
  readonly text: string;
  /** Open findings that succeeded. */
  readonly addresses: Readonly<Record<Severity, number>>;
  readonly findings: Inline;
  readonly frameworks: string;
}

export type EvidenceRole = 'original' | 'sent' | 'decoded' | 'response';

export interface EvidenceBlock {
  readonly kind: 'evidence';
  readonly role: EvidenceRole;
  readonly caption: string;
  readonly note?: string;
  readonly inline: Inline;
  /** Explains the signs that occur in the block, and only those. */
  readonly legend?: string;
}

export interface TurnContent {
  readonly number: number | null;
  readonly speaker: 'Attacker' | 'Target' | 'Judge' | 'System' | 'Other';
  readonly inline: Inline;
}

export interface GlanceContent {
  readonly verdict: { readonly opening: string; readonly rest: string };
  readonly banner: string | null;
  /** A line for each target where there are several; of many the last one says how many more there are. */
  readonly targets: TableBlock | null;
  readonly targetCount: number;
  readonly risk: RiskContent;
  readonly asr: AsrContent;
  readonly outcomes: { readonly title: string; readonly counts: RunCounts };
  readonly severity: {
    readonly title: string;
    readonly counts: Readonly<Record<Severity, number>>;
    readonly note: string;
  };
  readonly worst: TableBlock & { readonly title: string };
  readonly facts: readonly LabelledRow[];
}

export interface RiskContent {
  /** Null: there is no score. */
  readonly value: number | null;
  readonly text: string;
  readonly qualifier: string;
  readonly band: string | null;
  readonly formula: string;
}

export interface AsrContent {
  readonly rate: Rate | null;
  readonly text: string;
  readonly qualifier: string;
  readonly note: string;
}

/** One finding, ready to be printed in table and detail. */
export interface FindingContent {
  readonly rank: number;
  /** Key of the system that was attacked. */
  readonly target: string;
  readonly id: string;
  readonly title: string;
  readonly severity: Severity | null;
  readonly category: string;
  readonly outcome: Outcome;
  readonly status: FindingStatus;
  readonly bestScore: number | null;
  /** A score that only ranks trials says nothing of which finding is worse. */
  readonly scoreMeaning: ScoreMeaning;
  /** The best score is made by us of the source's own. */
  readonly scoreConverted: boolean;
  readonly coverage: Coverage;
  /** Resisted, with a score that came close. */
  readonly close: boolean;
  /** Of the domain adversarial ML, which has figures of its own. */
  readonly adversarial: boolean;
  /** Passages withheld in it. */
  readonly masked: number;
  readonly trialCounts: TrialsClaim;
  /** `4 of 5 trials`. */
  readonly trialsInWords: string;
  /** `4 / 5`. */
  readonly trials: string;
  /** `crescendo with persona`. */
  readonly attackInWords: string;
  /** `crescendo + persona`. */
  readonly attack: string;
  /** `framework:item`. */
  readonly compliance: readonly string[];
  readonly values: FindingValues;
  readonly row: TableRow;
  readonly why: string;
  readonly blocks: readonly Block[];
}

/** `heads` lack the texts of trials: what stands in the findings table and what other pages say of a finding. */
export type FindingsPart = 'heads' | 'whole';

/** Reads all findings anew, in the order of the report, from one snapshot of the data; one reading at a time. */
export type ReadFindings = (part: FindingsPart) => AsyncIterable<readonly FindingContent[]>;

/** What the sentences of a finding are made of, for formats that a program reads. */
export interface FindingValues {
  readonly finding_type: FindingType;
  readonly severity_source: SeveritySource | null;
  readonly goal: string | null;
  readonly attack_name: string;
  readonly transforms: readonly string[];
  readonly best_score: number | null;
  readonly trials: number;
  readonly succeeded_trials: number;
  readonly not_assessed_trials: number;
  /** `hits_only`: of a file that lists successes alone. */
  readonly coverage: Coverage;
  readonly assessment: string;
  readonly target_model: string | null;
  readonly evaluator_model: string | null;
  /** Framework to items. */
  readonly compliance: Readonly<Record<string, readonly string[]>>;
  /** Where the run stands in its file. */
  readonly source_ref: string | null;
  /** The best score as the file writes it, where ours is made of it; null where trials are withheld. */
  readonly source_score: string | null;
  /** How our score came of the source's; null: the score is the file's own number. */
  readonly score_scale: ScoreScale | null;
  readonly score_meaning: ScoreMeaning;
  /** What other judges made of the best trial, by their names in order; none where trials are withheld. */
  readonly other_verdicts: readonly { readonly judge: string; readonly verdict: Outcome }[];
}
