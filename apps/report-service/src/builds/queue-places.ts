import type { EntityManager } from 'typeorm';
import type { ReportBuild } from './report-build.ts';

/** Place of each waiting build among all that wait, from 1, in the order in which organizations take turns; one look, however many are asked for. */
export async function queuePlaces(
  tx: EntityManager,
  builds: readonly ReportBuild[],
): Promise<ReadonlyMap<string, number>> {
  const waiting = builds.filter(({ status }) => status === 'queued').map(({ id }) => id);
  if (waiting.length === 0) return new Map();
  const rows = await tx.query<{ id: string; place: number }[]>('select id, place from builds.queue_places($1)', [
    waiting,
  ]);
  return new Map(rows.map(({ id, place }) => [id, place]));
}
