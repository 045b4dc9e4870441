import type { ReportFont } from '#domain';
import { colours } from './colours.ts';

export type FamilyName = 'Arimo' | 'Tinos' | 'Cousine';

/** The documented names are drawn with embedded faces of the same metrics: what is not embedded, a viewer may replace. */
export const families: Readonly<Record<ReportFont, FamilyName>> = {
  Helvetica: 'Arimo',
  'Times-Roman': 'Tinos',
  Courier: 'Cousine',
};

const typeRoles = [
  'display',
  'numeral',
  'h1',
  'verdict',
  'h2',
  'h3',
  'body',
  'text',
  'table',
  'mono',
  'chart',
  'small',
  'micro',
] as const;
export type TypeRole = (typeof typeRoles)[number];

export interface TypeStyle {
  readonly family: FamilyName;
  readonly size: number;
  readonly leading: number;
  readonly bold: boolean;
  readonly colour: string;
}

interface Step {
  readonly ratio: number;
  readonly min: number;
  readonly max: number;
  readonly leading: number;
  readonly bold?: true;
  readonly colour?: string;
}

const steps: Readonly<Record<TypeRole, Step>> = {
  display: { ratio: 2.7, min: 20, max: 40, leading: 1.15, bold: true },
  numeral: { ratio: 2.4, min: 16, max: 36, leading: 1, bold: true },
  h1: { ratio: 1.6, min: 11, max: 28, leading: 1.2, bold: true },
  verdict: { ratio: 1.3, min: 8.5, max: 22, leading: 1.36 },
  h2: { ratio: 1.2, min: 8, max: 20, leading: 1.3, bold: true },
  h3: { ratio: 1, min: 6, max: 24, leading: 1.4, bold: true },
  body: { ratio: 1, min: 6, max: 24, leading: 1.36 },
  text: { ratio: 0.86, min: 6, max: 18, leading: 1.38 },
  table: { ratio: 0.775, min: 6, max: 12, leading: 1.34 },
  mono: { ratio: 0.73, min: 6, max: 12, leading: 1.45 },
  chart: { ratio: 0.73, min: 6, max: 9.5, leading: 1.2 },
  small: { ratio: 0.7, min: 6, max: 10, leading: 1.35, colour: colours.ink2 },
  micro: { ratio: 0.66, min: 6, max: 8, leading: 1.2, colour: colours.ink3 },
};

const runningText: ReadonlySet<TypeRole> = new Set(['body', 'text', 'table', 'small']);
const headings: ReadonlySet<TypeRole> = new Set(['display', 'numeral', 'h1', 'verdict', 'h2', 'h3']);

/** Times has a small x-height; Courier is a fifth wider than the others. */
function familyFactor(font: ReportFont, role: TypeRole): number {
  if (font === 'Times-Roman') return runningText.has(role) ? 1.06 : 1;
  if (font === 'Courier') return headings.has(role) ? 0.9 : role === 'mono' ? 1 : 0.86;
  return 1;
}

export type TypeScale = Readonly<Record<TypeRole, TypeStyle>>;

export function typeScale(font: ReportFont, fontSize: number): TypeScale {
  const style = (role: TypeRole): TypeStyle => {
    const step = steps[role];
    const wanted = step.ratio * fontSize * familyFactor(font, role);
    const size = Math.round(Math.min(step.max, Math.max(step.min, wanted)) * 100) / 100;
    return {
      family: role === 'mono' ? 'Cousine' : families[font],
      size,
      leading: Math.round(size * step.leading * 100) / 100,
      bold: step.bold ?? false,
      colour: step.colour ?? colours.ink,
    };
  };
  return Object.fromEntries(typeRoles.map((role) => [role, style(role)])) as Record<TypeRole, TypeStyle>;
}

/** Cover and "At a glance" keep to one page each: they grow no further than this body size. */
export const largestOverviewSize = 13;
