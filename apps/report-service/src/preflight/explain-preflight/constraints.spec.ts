import type { ConstraintPattern } from '#contracts';
import type { FindingsFilter } from '#domain';
import { constraintsOf, rowsWithout, smallestBlame, without } from './constraints.ts';

const filter: FindingsFilter = { severity: ['critical'], min_score: 0.9, attack_name: ['tap'], category: [] };
const constraints = constraintsOf(filter);
const pattern = (bits: string, rows: number): ConstraintPattern => ({
  passed: Array.from(bits, (bit) => bit === '1'),
  rows,
});

describe('the constraints of a filter', () => {
  it('are its fields but empty ones, the easiest to give way first', () => {
    expect(constraints.map(({ field }) => field)).toEqual(['min_score', 'severity', 'attack_name']);
  });

  it('take the rule for undated assessments with each date', () => {
    const dated = constraintsOf({ started_after: '2026-01-01T00:00:00Z', include_undated_assessments: true });
    expect(dated).toEqual([
      { field: 'started_after', filter: { started_after: '2026-01-01T00:00:00Z', include_undated_assessments: true } },
    ]);
    expect(constraintsOf({ include_undated_assessments: true })).toEqual([]);
  });

  it('are dropped by name', () => {
    expect(without(filter, ['severity', 'category'])).toEqual({ min_score: 0.9, attack_name: ['tap'] });
  });
});

describe('the blame for an empty section', () => {
  // Bits: min_score, severity, attack_name, and the types that a report shows.
  it('is the one constraint without which rows are left', () => {
    const patterns = [pattern('1011', 3), pattern('0001', 9)];
    expect(smallestBlame(patterns, constraints)).toEqual(['severity']);
    expect(rowsWithout(patterns, constraints, new Set(['severity']))).toBe(3);
    expect(rowsWithout(patterns, constraints, new Set(['min_score']))).toBe(0);
    expect(rowsWithout(patterns, constraints, new Set(['severity', 'min_score', 'attack_name']))).toBe(12);
  });

  it('is the fewest that must go together', () => {
    expect(smallestBlame([pattern('0011', 2), pattern('0001', 9)], constraints)).toEqual(['min_score', 'severity']);
  });

  it('is nobody when no run is of a type that a report shows', () => {
    expect(smallestBlame([pattern('0010', 5)], constraints)).toEqual([]);
  });

  it('counts types that a report does not show only where the filter asks for them', () => {
    const asking = constraintsOf({ finding_type: ['refusal'], min_score: 0.5 });
    // Bits: min_score, finding_type, usual types.
    const patterns = [pattern('010', 4), pattern('101', 6)];
    expect(rowsWithout(patterns, asking, new Set(['min_score']))).toBe(4);
    expect(rowsWithout(patterns, asking, new Set(['finding_type']))).toBe(6);
    expect(smallestBlame(patterns, asking)).toEqual(['min_score']);
  });
});
