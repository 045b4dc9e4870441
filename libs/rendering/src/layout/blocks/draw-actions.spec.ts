import { type Severity, severities } from '#domain';
import type { ActionContent } from '../../model/report-content.ts';
import { geometries } from '../../theme/geometry.ts';
import { typeScale } from '../../theme/type-scale.ts';
import { drawActions } from './draw-actions.ts';

const closing = (count: number): ActionContent => ({
  number: 1,
  anchor: 'action-1',
  title: 'Keep secrets out of the model’s context',
  text: 'A model can only give away what it holds.',
  addresses: Object.fromEntries(severities.map((severity) => [severity, count])) as Record<Severity, number>,
  findings: [{ text: 'F-001' }],
  frameworks: 'LLM02',
});

describe('an action', () => {
  it.each([6, 11, 24])('of five severities with hundreds each stays inside the margin at %d points', (points) => {
    const { left, contentWidth, contentTop, contentBottom } = geometries.A4;
    const frame = {
      x: left,
      width: contentWidth,
      scale: typeScale('Helvetica', points),
      pageHeight: contentBottom - contentTop,
    };
    const right = drawActions([closing(999)], frame)
      .flatMap(({ marks }) => marks)
      .map((mark) => (mark.kind === 'rect' ? mark.x + mark.width : mark.kind === 'text' ? mark.x : 0));
    expect(Math.max(...right)).toBeLessThanOrEqual(left + contentWidth);
  });
});
