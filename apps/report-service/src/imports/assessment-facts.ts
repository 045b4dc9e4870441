import { assessmentColumns, columnNames } from '#domain';

/** Columns of an assessment where the last import that says something has its way, until it is deleted. */
export const assessmentFacts = columnNames(assessmentColumns, 'name', 'status', 'created_at');
