import { unwrap } from '../../../shared/errors/appError';
import type { DataFile } from '../../../shared/scenario/dataFiles';
import type { DryRunResult } from '../../../shared/scenario/dryRun';
import type { Scenario } from '../../../shared/scenario/schema';
import type { RunHandle, RunRequest } from '../../run/runContract';

/** How many iterations one user makes for each request or journey of the scenario, and the minimum in total. */
const iterationsEach = 5;
const leastIterations = 20;

function wrapping(file: DataFile): DataFile {
  return file.mode === 'once' ? { ...file, whenExhausted: 'wrap' } : file;
}

/** The scenario with only enough load to show whether its requests get responses. */
export function dryScenario(scenario: Scenario): Scenario {
  return {
    ...scenario,
    load: {
      executor: 'per-vu-iterations',
      vus: 1,
      iterations: Math.max(leastIterations, iterationsEach * (scenario.journeys ?? scenario.requests ?? []).length),
      maxDuration: '30s',
      gracefulStop: '5s',
    },
    // A few rows are enough, and running out of them is not an error here.
    ...(scenario.dataFiles ? { dataFiles: scenario.dataFiles.map(wrapping) } : {}),
    warmup: '0s',
    processes: 1,
    thresholds: {},
  };
}

/** Makes a dry run and saves nothing. Throws what prevented the run. */
export async function dryRun(start: (request: RunRequest) => RunHandle, request: RunRequest): Promise<DryRunResult> {
  const outcome = await start(request).finished;
  if (outcome.kind === 'failed') return unwrap({ ok: false, error: outcome.error });
  const { metrics, reason } = outcome.document;
  return {
    requests: metrics.http_reqs.count,
    failed: metrics.http_req_failed.count,
    errors: metrics.errors,
    operations: Object.entries(metrics.by_operation).map(([name, { count, p50, max }]) => ({
      name,
      succeeded: count,
      p50Ms: count > 0 ? p50 : null,
      maxMs: count > 0 ? max : null,
    })),
    reason: reason ?? null,
  };
}
