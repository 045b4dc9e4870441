import type { Inline, Span } from '../../model/report-content.ts';
import type { Passage, PassageStyle } from '../../typesetting/styled-text.ts';
import { colours } from '../../theme/colours.ts';
import type { TypeRole, TypeScale, TypeStyle } from '../../theme/type-scale.ts';

const tones = { quiet: colours.ink2, faint: colours.ink3, accent: colours.accent } as const;

/** Dresses spans in the type of a role. */
export function passages(inline: Inline, role: TypeRole, scale: TypeScale, bold = scale[role].bold): Passage[] {
  const base = scale[role];
  const [only, second] = inline;
  if (only !== undefined && second === undefined) return [passage(only, spanStyle(only, base, scale, bold))];
  // Spans of one look share one style object, so that the line breaker joins them into one run.
  const styles = new Map<string, PassageStyle>();
  return inline.map((span): Passage => {
    const key = `${span.strong ?? ''}|${span.tone ?? ''}|${span.mono ?? ''}|${span.link ?? ''}|${span.marked ?? ''}|${span.struck ?? ''}`;
    let style = styles.get(key);
    if (!style) {
      style = spanStyle(span, base, scale, bold);
      styles.set(key, style);
    }
    return passage(span, style);
  });
}

function passage(span: Span, style: PassageStyle): Passage {
  if (span.masked !== undefined) return { kind: 'mask', count: span.masked, style };
  if (span.pageOf !== undefined) return { kind: 'page_of', target: span.pageOf, style };
  return { kind: 'text', text: span.text, style };
}

function spanStyle(span: Span, base: TypeStyle, scale: TypeScale, bold: boolean): PassageStyle {
  const mono = span.mono && base.family !== 'Cousine';
  const colour = span.link ? colours.accent : span.struck ? colours.ink3 : span.tone ? tones[span.tone] : base.colour;
  return {
    family: mono ? 'Cousine' : base.family,
    size: mono ? Math.min(scale.mono.size, base.size) : base.size,
    bold: span.strong ?? bold,
    colour,
    noteFamily: scale.text.family,
    ...(span.link === undefined ? {} : { link: span.link }),
    ...(span.marked === undefined ? {} : { marked: span.marked }),
    ...(span.struck === undefined ? {} : { struck: span.struck }),
  };
}
