import { AppError, type FindingsPageRequest, type ProjectRef } from '#contracts';
import { readFindingCursor, writeFindingCursor } from './finding-cursor.ts';

const project: ProjectRef = { organizationId: 'o', workspaceId: 'w', projectId: 'p', name: 'P', path: '' };
const request: FindingsPageRequest = {
  page: 1,
  limit: 50,
  sortBy: 'score',
  sortDir: 'desc',
  view: 'all',
  includeAdversarial: true,
  filter: { severity: ['high'] },
};
const cursor = { page: 2, after: ['-0.95', '7e57ab1e-0000-4000-8000-000000000000'] };
const refusal = (read: () => unknown): unknown => {
  try {
    return read();
  } catch (error) {
    return error instanceof AppError ? error.context : error;
  }
};
const refused = (msg: string): object => ({ errors: [{ loc: ['query', 'cursor'], msg, type: 'cursor' }] });

describe('a cursor of the list of findings', () => {
  const text = writeFindingCursor(project, request, cursor);

  it('comes back as it was, for a page of any size', () => {
    expect(readFindingCursor(project, request, text)).toEqual(cursor);
    expect(readFindingCursor(project, { ...request, limit: 7 }, text)).toEqual(cursor);
  });

  it.each<[string, ProjectRef, FindingsPageRequest]>([
    ['project', { ...project, projectId: 'q' }, request],
    ['order', project, { ...request, sortBy: 'severity' }],
    ['direction', project, { ...request, sortDir: 'asc' }],
    ['view', project, { ...request, view: 'report' }],
    ['filter', project, { ...request, filter: {} }],
  ])('is refused with another %s', (_, otherProject, otherRequest) => {
    expect(refusal(() => readFindingCursor(otherProject, otherRequest, text))).toMatchObject(
      refused('cursor belongs to a list with other parameters'),
    );
  });

  it.each([
    ['a value too few', ['-0.95']],
    ['SQL for a score', ["0'; drop table findings.trial; --", cursor.after[1] ?? '']],
    ['no id', ['-0.95', 'x']],
  ])('is refused with %s', (_, after) => {
    const forged = writeFindingCursor(project, request, { page: 2, after });
    expect(refusal(() => readFindingCursor(project, request, forged))).toMatchObject(refused('cursor is not a cursor'));
  });

  it.each(['', '!!', 'e30', 'WzEuNSwieCJd'])('is refused when it is no such text: %s', (made) => {
    expect(refusal(() => readFindingCursor(project, request, made))).toMatchObject(refused('cursor is not a cursor'));
  });
});
