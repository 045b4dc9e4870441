import { garakFamily, garakProbeName } from './category-slugs.ts';
import { type Compliance, normaliseGarakTags } from './compliance-crosswalk.ts';

/**
 * garak's own tags of its probes, by OWASP's list of 2023 as garak writes it, for files that do not repeat them. Facts of
 * garak 0.9.0.4 to 0.16.1.pre1 (NVIDIA/garak at cafbe992, garak/resources/plugin_cache.json): no probe had such a tag
 * before 0.9.0.10, and none changed its own since. A family stands for all its probes, those that came later too.
 */
const tagsOfFamilies = `
  01        adaptive_attacks continuation dan doctor dra encoding latentinjection phrasing promptinject sata
            sysprompt_extraction visual_jailbreak
  01 02 05  fitd
  01 07 08  agent_breaker
  01 09     goat
  02        av_spam_scanning knownbadsignatures
  02 06     exploitation web_injection xss
  02 09     packagehallucination
  05        ansiescape fileformats glitch
  06        propile
  06 10     leakreplay replay
  09        misleading snowball
  10        topic
`;

/** Probes that carry other tags than all of their family do. */
const tagsOfProbes = `
  01        goodside.Tag smuggling.HomoglyphObfuscation
  01 02 05  ansiescape.AnsiEscaped ansiescape.AnsiRaw
  04        divergence.RepeatedToken
  05        goodside.Davidjl
  06        donotanswer.InformationHazard grandma.Win10 grandma.Win11
  06 10     divergence.Repeat divergence.RepeatExtended
  09        donotanswer.MisinformationHarms goodside.WhoIsRiley
`;

const firstTagged = '0.9.0.10';
const newestKnown = '0.16.1.pre1';

/** Items that a probe bears on by garak's table, and the release that it is of; undefined for a probe without a tag. */
export function garakProbeTags(
  probe: string,
  version?: string,
): { readonly compliance: Compliance; readonly table: string } | undefined {
  if (version !== undefined && isBefore(version, firstTagged)) return undefined;
  const tags = probes.get(garakProbeName(probe)) ?? families.get(garakFamily(probe));
  if (tags === undefined) return undefined;
  const release = version === undefined || isBefore(newestKnown, version) ? newestKnown : version;
  return { compliance: tags, table: `garak ${release}` };
}

/** `01 05  name name` a line; a line without numbers goes on with the one before. */
function readTable(table: string): ReadonlyMap<string, Compliance> {
  const entries = new Map<string, Compliance>();
  let tags: Compliance = {};
  for (const line of table.trim().split('\n')) {
    const words = line.trim().split(/\s+/);
    const numbers = words.filter((word) => /^\d\d$/.test(word));
    if (numbers.length > 0) tags = normaliseGarakTags(numbers.map((number) => `owasp:llm${number}`));
    for (const name of words.slice(numbers.length)) entries.set(name, tags);
  }
  return entries;
}

const families = readTable(tagsOfFamilies);
const probes = readTable(tagsOfProbes);

function isBefore(version: string, other: string): boolean {
  const [mine, theirs] = [partsOf(version), partsOf(other)];
  for (let at = 0; at < Math.max(mine.length, theirs.length); at += 1) {
    const [a, b] = [mine[at] ?? 0, theirs[at] ?? 0];
    if (a !== b) return a < b;
  }
  return false;
}

/** `0.16.1.pre1` is 0.16.1 here: a tag does not change within a release. */
const partsOf = (version: string): readonly number[] =>
  (/\d+(?:\.\d+)*/.exec(version)?.[0] ?? '').split('.').map(Number);
