import type { Severity } from '#domain';

/** Severity, outcome and accent are three vocabularies that never mix. */
export const colours = {
  ink: '#16191D',
  ink2: '#4A515A',
  ink3: '#666E78',
  rule: '#C4CAD1',
  hair: '#DDE1E6',
  pale: '#F4F5F7',
  mark: '#DCE5EE',
  accent: '#1B3A5C',
  resisted: '#C9CFD6',
  hatch: '#8A9099',
  hatchLarge: '#B0B7BF',
  white: '#FFFFFF',
} as const;

interface SeverityMark {
  readonly letter: string;
  readonly word: string;
  readonly fill: string;
  readonly border: string;
  readonly letterColour: string;
}

/** Luminance rises from critical to info, so a grey print keeps the order. */
export const severityMarks: Readonly<Record<Severity, SeverityMark>> = {
  critical: { letter: 'C', word: 'Critical', fill: '#7F1717', border: '#7F1717', letterColour: '#FFFFFF' },
  high: { letter: 'H', word: 'High', fill: '#C24A1A', border: '#C24A1A', letterColour: '#FFFFFF' },
  medium: { letter: 'M', word: 'Medium', fill: '#DCA73A', border: '#A87A16', letterColour: colours.ink },
  low: { letter: 'L', word: 'Low', fill: '#A3C4D6', border: '#5F8296', letterColour: colours.ink },
  info: { letter: 'I', word: 'Info', fill: '#FFFFFF', border: colours.ink3, letterColour: colours.ink },
};

/** Ground of a heat cell by its rate; 0 stays white and gets a border. */
export function heatTint(rate: number): string {
  if (rate === 0) return colours.white;
  if (rate < 0.1) return '#EEF2F6';
  if (rate < 0.25) return '#D9E2EB';
  return rate < 0.5 ? '#B4C5D6' : '#8AA3BC';
}
