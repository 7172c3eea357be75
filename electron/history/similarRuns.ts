import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { RunFigures } from '../../shared/comparison/runNoise';
import { machineKey } from '../../shared/run/calibration';
import type { RunDocument } from '../../shared/run/document';

/** Older runs say less about the machine as it is now. */
const newest = 40;

const rowSchema = z.object({
  id: z.string(),
  throughput: z.number().nullable(),
  p50: z.number().nullable(),
  p95: z.number().nullable(),
  p99: z.number().nullable(),
});

/**
 * Returns the figures of the last trusted runs with the same load, target and machine, oldest first, except those in
 * `without`.
 */
export function figuresLike(
  database: Database.Database,
  { scenario, target, environment }: Pick<RunDocument, 'scenario' | 'target' | 'environment'>,
  without: readonly string[],
): RunFigures[] {
  const rows = database
    .prepare(
      `SELECT id, rate AS throughput, p50Ms AS p50, p95Ms AS p95, p99Ms AS p99 FROM runs
       JOIN descriptions ON runId = id
       WHERE scenarioId = @scenarioId AND machine = @machine AND origin IS NULL AND deletedAt IS NULL
       AND verdict IN ('passed', 'failed')
       AND json_extract(description, '$.scenario.load') = @load AND json_extract(description, '$.target') = @target
       ORDER BY startedAt DESC LIMIT ${newest}`,
    )
    .all({
      scenarioId: scenario.id,
      machine: machineKey(environment),
      load: JSON.stringify(scenario.load),
      target: JSON.stringify(target),
    });
  return z
    .array(rowSchema)
    .parse(rows)
    .flatMap(({ id, throughput, p50, p95, p99 }) => {
      if (without.includes(id) || throughput === null || p50 === null || p95 === null || p99 === null) return [];
      return [{ throughput, p50, p95, p99 }];
    })
    .reverse();
}
