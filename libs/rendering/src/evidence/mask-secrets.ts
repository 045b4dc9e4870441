import type { MaskedText } from './masked-text.ts';

/** Each pattern's last group, or else its whole match, is withheld. Bounded repeats keep every search linear. */
const patterns: readonly RegExp[] = [
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]{0,8000}?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g,
  /\beyJ[A-Za-z0-9_-]{8,2000}\.[A-Za-z0-9_-]{8,4000}(?:\.[A-Za-z0-9_-]{4,1000})?/g,
  /\b(?:sk|pk|rk|ghp|gho|ghu|ghs|glpat|hf|npm|xox[abprs]|github_pat)[-_][A-Za-z0-9_-]{8,200}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{12,20}\b/g,
  /\bAIza[A-Za-z0-9_-]{30,50}/g,
  /\bBearer\s{1,4}([A-Za-z0-9._~+/=-]{8,2000})/gi,
  /\b(?:pass(?:word|phrase|wd|code)|pwd|secret|token|credential|api[ _-]?key|access[ _-]?key|client[ _-]?secret|private[ _-]?key|pin)\b["']?\s{0,3}(?:is|was|=|:|→)\s{0,3}["'`]?([^\s"'`,;]{3,200})/gi,
  /\b[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}/g,
  /\b\d{3}-\d{2}-\d{4}\b/g,
  /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b/g,
  /(?<![\w.])(?:\d[ -]?){12,18}\d(?!\w)/g,
  /(?<![\w.+])\+?\(?\d{1,4}\)?(?:[ .-]?\(?\d{2,4}\)?){2,5}(?![\w.])/g,
  /\b[0-9a-fA-F]{32,128}\b/g,
];

/** A date has eight digits at most. */
const fewestPhoneDigits = 9;

/** Withholds what looks like a key, password, token, card, account, e-mail address, phone or social security number. */
export function maskSecrets(text: string): MaskedText {
  const spans: [number, number][] = [];
  for (const pattern of patterns) {
    for (const match of text.matchAll(pattern)) {
      const secret = match[1] ?? match[0];
      // A short run of digits is a number, a year or a version, not a telephone.
      if (
        /^[\d\s().+-]+$/.test(secret) &&
        match[1] === undefined &&
        secret.replace(/\D/g, '').length < fewestPhoneDigits
      )
        continue;
      const start = match.index + match[0].lastIndexOf(secret);
      spans.push([start, start + secret.length]);
    }
  }
  return withoutSpans(text, spans);
}

/** The text with these stretches, from and to, withheld. */
export const withoutSpans = (text: string, spans: readonly (readonly [number, number])[]): MaskedText =>
  spans.length === 0 ? [text] : cut(text, merged(spans));

function merged(spans: readonly (readonly [number, number])[]): [number, number][] {
  const sorted = [...spans].sort((a, b) => a[0] - b[0]);
  const result: [number, number][] = [];
  for (const [start, end] of sorted) {
    const last = result.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else result.push([start, end]);
  }
  return result;
}

function cut(text: string, spans: readonly (readonly [number, number])[]): MaskedText {
  const parts: (string | { masked: number })[] = [];
  let at = 0;
  for (const [start, end] of spans) {
    if (start > at) parts.push(text.slice(at, start));
    parts.push({ masked: end - start });
    at = end;
  }
  if (at < text.length) parts.push(text.slice(at));
  return parts;
}
