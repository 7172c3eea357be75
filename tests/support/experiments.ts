import type { EngineConfig } from '../../shared/engines/config';
import type { Experiment, ExperimentRun } from '../../shared/experiment/experiment';
import { compareVariants } from '../../shared/experiment/judge';
import { environment, level } from './factories';

/** A run with the given P95; the other figures follow from it. */
export function experimentRun(
  block: number,
  variant: number,
  p95: number,
  overrides: Partial<ExperimentRun> = {},
): ExperimentRun {
  const values = { throughput: 1_000 / p95, p50: p95 / 2, p95, p99: p95 * 2 };
  return {
    block,
    variant,
    runId: `run-${block}-${variant}`,
    verdict: 'passed',
    distrust: null,
    missed: [],
    values,
    ...overrides,
  };
}

/** A finished experiment of eight pairs over engines, each with its P95 and what else is true of its runs. */
export function experimentOver(
  options: readonly (readonly [EngineConfig, number, Partial<ExperimentRun>?])[],
  overrides: Partial<Experiment> = {},
): Experiment {
  const blocks = [0, 1, 2, 3, 4, 5, 6, 7];
  const experiment: Experiment = {
    schema: 'proofload.experiment/1',
    id: '20261124-000000-abcdef',
    startedAt: '2026-11-24T00:00:00.000Z',
    state: 'finished',
    scenario: level('level-1'),
    variants: options.map(([target]) => ({ name: target.engine, target })),
    plan: { pairs: 8, untilSure: false, band: 0.02, metric: 'p95' },
    environment,
    // Runs differ a little, as they do.
    runs: blocks.flatMap((block) =>
      options.map(([, p95, run], variant) =>
        experimentRun(block, variant, p95 * (1 + 0.001 * ((block * 3 + variant) % 5)), run),
      ),
    ),
    comparisons: [],
    ...overrides,
  };
  return { ...experiment, comparisons: compareVariants(experiment) };
}
