import { geometries } from '../../theme/geometry.ts';
import { typeScale } from '../../theme/type-scale.ts';
import { chartLabels } from './chart-label.ts';

const { left, contentWidth, contentTop, contentBottom } = geometries.A4;
const frame = {
  x: left,
  width: contentWidth,
  scale: typeScale('Helvetica', 11),
  pageHeight: contentBottom - contentTop,
};
const printed = (names: readonly string[], width = 66): string[] =>
  chartLabels(names, frame, width).map((lines) =>
    lines.map((line) => line.runs.map((run) => run.text).join('')).join('|'),
  );

describe('labels of a chart', () => {
  it('print whole where they have the room', () => {
    expect(printed(['crescendo', 'direct'])).toEqual(['crescendo', 'direct']);
  });

  it('keep what tells them apart when their middle is left out', () => {
    const labels = printed([
      'spo.SPOIntentUserAugmented',
      'spo.SPOIntentBothAugmented',
      'spo.SPOIntentSystemAugmented',
    ]);
    expect(new Set(labels).size).toBe(3);
    expect(labels.map((label) => label.replace('|', ''))).toEqual([
      expect.stringContaining('User') as string,
      expect.stringContaining('Both') as string,
      expect.stringContaining('System') as string,
    ]);
  });

  it('tell the providers of one evaluation apart', () => {
    const start = 'Evaluation of the banking assistant, second quarter, release candidate';
    const labels = printed([`${start} openai:gpt-4o · all`, `${start} openai:gpt-4o-mini · all`, `${start} · all`]);
    expect(new Set(labels).size).toBe(3);
  });

  it('are numbered where no part of theirs can show it', () => {
    const differences = ['a', 'b'].map((letter) => `${letter.repeat(40)}${'x'.repeat(200)}`);
    const far = differences.map((name) => `${'y'.repeat(300)}${name.slice(0, 30)}`);
    expect(new Set(printed([...far, `${'y'.repeat(300)}${'a'.repeat(30)}${'z'.repeat(9)}`])).size).toBe(3);
  });

  it('take no more than two lines', () => {
    const names = Array.from({ length: 30 }, (_, index) => `${'Give the number of a customer '.repeat(9)}${index}`);
    const lines = chartLabels(names, frame, 40);
    expect(Math.max(...lines.map((one) => one.length))).toBe(2);
    expect(new Set(printed(names, 40)).size).toBe(30);
  });
});
