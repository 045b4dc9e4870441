import type { Claim, ClaimKind } from '#domain';

import { asRead, placesOf, type ReportJson } from './report-json.ts';
import type { StoredProject } from './stored-project.ts';

type Stated = ReportJson['claims'][number];

/** A form of words that says more than counts do. `bearing`: claims that allow it in the place where it stands. */
interface Form {
  readonly pattern: RegExp;
  readonly says: string;
  readonly borneBy?: (claim: Claim) => boolean;
}

const ofKind =
  (...kinds: readonly ClaimKind[]) =>
  (claim: Claim): boolean =>
    kinds.includes(claim.kind);

/** Texts of the data are cut out before a form is looked for. */
export const forms: readonly Form[] = [
  {
    pattern:
      /(?<![\d.,])1 (?:runs|trials|hits|attacks|goals|findings|assessments|judges|transforms|categories|actions|successes)\b/,
    says: 'a plural of one',
  },
  { pattern: /\ball 1(?![\d,.])/i, says: '“all 1”' },
  {
    pattern: /\b(?:[2-9]|\d\d+|two|three|four|five) (?:run|trial|finding|assessment|transform|success)(?![\w-])/,
    says: 'a singular of several',
  },
  { pattern: /\[… -\d+ characters/, says: 'a text that was shortened to less than its mark' },
  { pattern: /\b(undefined|NaN|null|Infinity|\[object Object\])\b/, says: 'a value that is none' },
  {
    pattern: /\b(raises|lowers)\b.*success rate|beyond chance/,
    says: 'that a transform changes the rate',
    borneBy: ofKind('lift', 'difference'),
  },
  { pattern: /\bhighest (?:success )?rate\b/i, says: 'which rate is the highest', borneBy: ofKind('highest', 'lift') },
  {
    pattern: /succeeded most often/i,
    says: 'which succeeded most often, of which no rate tells',
    borneBy: () => false,
  },
  { pattern: /\bmost successes\b/i, says: 'which has the most successes', borneBy: ofKind('most') },
  { pattern: /\bno attack succeeded\b/i, says: 'that no attack succeeded', borneBy: noneSucceeded },
  { pattern: /\bnothing succeeded\b/i, says: 'that nothing succeeded', borneBy: noneSucceeded },
  { pattern: /\bthe worst of\b/i, says: 'which finding is the worst', borneBy: ofKind('worst') },
  {
    pattern: /\bthe only (?:critical|high|medium|low|info) finding/i,
    says: 'that there is no other finding',
    borneBy: ofKind('worst'),
  },
  { pattern: /\b(?:critical|high|moderate|low) risk\b/i, says: 'how high the risk is', borneBy: ofKind('risk') },
  { pattern: /\bevery (?:goal )?category\b/i, says: 'something of every category', borneBy: ofKind('tried') },
];

function noneSucceeded(claim: Claim): boolean {
  switch (claim.kind) {
    case 'rate':
      return claim.rate.succeeded === 0;
    case 'counts':
      return claim.counts.succeeded + claim.counts.hits_only === 0;
    case 'risk':
      return claim.state === 'none_succeeded';
    case 'absent_sections':
      return claim.absent.some(({ reason }) => reason === 'nothing_succeeded');
    default:
      return false;
  }
}

/** Places whose sentences say numbers of the data. */
const places = [
  'glance',
  'executive_summary',
  'risk_score_metrics',
  'severity_breakdown',
  'asr_by_attack',
  'asr_by_category',
  'asr_by_goal',
  'transform_effectiveness',
  'compliance',
] as const;

/**
 * Digits that are no number of the data. Each is a definition, which says the same in every report, or the name of a thing.
 */
const definitions: readonly RegExp[] = [
  /^Dot: rate\. .*$/,
  /^ASR with the transform minus ASR of untransformed runs .*$/,
  /\bRelease \d[^:]*: .*$/g,
  /95 % (?:Wilson|Newcombe|confidence )?interval/g,
  /(?:of|OF) 10\b(?=,|\.| |$)/g,
  /0\.6 \+ 0\.4 × ASR/g,
  /\b(?:from|below|above|under|up to) 0\.\d+/g,
  /score of 0\.3\d* or more/g,
  // What the score is at least with one open finding of a severity: its base, times 0.6.
  /With (?:a critical one it is 6\.0|a high one it is 4\.8|a medium one it is 3\.0|a low one it is 1\.5|an info one it is 0\.3) or more/g,
  /(?:Fewer|fewer|less) than (?:20|30|5) (?:assessed|distinct)?/g,
  /n below (?:20|30)/g,
  /(?:20|30) (?:or more|distinct|assessed)/g,
  /less than 20 %/g,
  /Top 10 for (?:LLM|Agentic) Applications \d+/g,
  /\b(?:LLM|ASI)\d\d\b/g,
  /\bAML\.[\w.]+/g,
  /\bF-\d+\b/g,
  /\bR\d+\b/g,
  /\b(?:sections?|pages?) \d[\d.]*/gi,
];

/** Sentences that say how something is counted, and nothing of what was. */
const rules: readonly RegExp[] = [/^ASR with the transform minus ASR of untransformed runs /, /^Dot: rate\. /];

/** What the texts say beyond the claims that stand beside them. */
export function faultsOfWords(report: ReportJson, project: StoredProject): readonly string[] {
  const names = namesOf(project, report);
  const stated = (place: string): readonly Stated[] => report.claims.filter((one) => one.place === place);
  const faults: string[] = [];
  for (const [place, texts] of placesOf(report)) {
    const own = stated(place);
    for (const text of texts) {
      const bare = withoutData(text, names);
      if (rules.some((rule) => rule.test(text))) continue;
      for (const { pattern, says, borneBy } of forms) {
        if (!pattern.test(bare)) continue;
        if (borneBy === undefined) faults.push(`${place}: ${says}: “${text}”`);
        else if (!own.some(({ claim, text: words }) => borneBy(claim) && isPartOf(words, text)))
          faults.push(`${place} says ${says} without a claim: “${text}”`);
      }
      if ((places as readonly string[]).includes(place)) faults.push(...unborneNumbers(place, text, own, names));
    }
  }
  for (const finding of report.findings) {
    const text = withoutData(asRead(finding.why_this_severity), names);
    for (const { pattern, says, borneBy } of forms)
      if (borneBy === undefined && pattern.test(text)) faults.push(`${finding.id}: ${says}: “${text}”`);
  }
  return [...new Set(faults)];
}

const isPartOf = (words: string, text: string): boolean => {
  const [one, other] = [asRead(words).toLowerCase(), asRead(text).toLowerCase()];
  return one !== '' && (other.includes(one) || one.includes(other));
};

/** A sentence that has digits where no claim says them, nor a definition. */
function unborneNumbers(
  place: string,
  text: string,
  own: readonly Stated[],
  names: readonly string[],
): readonly string[] {
  let left = text;
  for (const { text: words } of [...own].sort((a, b) => b.text.length - a.text.length)) {
    const said = asRead(words);
    if (said.includes(text)) return [];
    // A number alone is borne where it stands alone: elsewhere it may be a part of another.
    if (/\p{L}/u.test(said)) left = left.replaceAll(said, ' ');
  }
  left = withoutData(left, names);
  for (const definition of definitions) left = left.replace(definition, ' ');
  return /\d/.test(left) ? [`${place} says a number without a claim: “${text}”`] : [];
}

/** Quoted passages and names of the data may hold any word and digit. */
function withoutData(text: string, names: readonly string[]): string {
  let left = asRead(unmarked(text)).replace(/“[^”]*”/g, '“”');
  for (const name of names) left = left.replace(asWhole(name), '…');
  return left;
}

/** An attack that is called "1 of 1" does not stand in "1 of 11": no number is cut in two. */
const asWhole = (name: string): RegExp =>
  new RegExp(
    `${/^\d/.test(name) ? '(?<!\\d)' : ''}${name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}${/\d$/.test(name) ? '(?!\\d)' : ''}`,
    'g',
  );

/** Characters that names are told apart by, as they stand in the data. */
const unmarked = (text: string): string =>
  text.replace(/\\u\{([\da-f]+)\}/gi, (_, hex: string) => String.fromCodePoint(parseInt(hex, 16)));

/** Longest first, so that no name is left in part. */
function namesOf({ assessments, runs }: StoredProject, { report }: ReportJson): readonly string[] {
  const all = new Set<string>([report.project]);
  for (const { name, target_model } of assessments) for (const one of [name, target_model]) if (one) all.add(one);
  for (const run of runs) {
    for (const one of [
      run.attack_name,
      run.goal,
      run.target_model,
      run.evaluator_model,
      run.category,
      ...run.transforms,
    ])
      if (one) all.add(one);
    for (const { detector } of run.trials) if (detector) all.add(detector);
  }
  return [...all]
    .map(asRead)
    .filter((name) => /\d/.test(name) || name.length > 3)
    .sort((a, b) => b.length - a.length);
}
