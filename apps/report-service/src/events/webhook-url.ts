import { isIPv4, isIPv6 } from 'node:net';

/** Nothing that the parser would drop or rewrite, no user and no fragment; the authority is what is captured. */
const written = /^https?:\/\/([^\p{Cc}\s\\/?#@]+)(?:[/?][^\p{Cc}\s\\#]*)?$/iu;
const label = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?';
const hostName = new RegExp(`^(?=.{1,253}$)${label}(?:\\.${label})*\\.?$`);

/**
 * The URL to which a webhook's events are sent; null when nothing can be sent to it. Asked at the edge and by the sender,
 * so that nothing is taken that cannot be sent. Whether its address may be called is asked when the name is resolved.
 */
export function webhookUrl(text: string): URL | null {
  const authority = written.exec(text)?.[1];
  if (authority === undefined || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.port === '0') return null;
  const host = url.hostname;
  if (host.startsWith('[')) return isIPv6(host.slice(1, -1)) ? url : null;
  // 2130706433, 0x7f.1 and the like are addresses to the parser, and nothing that anybody would write in good faith.
  if (isIPv4(host)) return authority.replace(/:\d*$/, '') === host ? url : null;
  return hostName.test(host) ? url : null;
}
