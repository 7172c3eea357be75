import { resolve } from 'node:path';
import { childProcessHost } from '../../electron/hosting/childProcessHost';
import { LoadFleet } from '../../electron/hosting/loadFleet';
import type { LoadTarget } from '../../electron/load/protocol';
import { Aggregator } from '../../electron/measure/aggregator';
import { RunTotals } from '../../electron/measure/runTotals';
import { engineConfig } from '../../shared/engines/config';
import { blockOrder } from '../../shared/experiment/design';
import type { Experiment, ExperimentRun } from '../../shared/experiment/experiment';
import type { PlainLoad, Scenario } from '../../shared/scenario/schema';

const warmupMs = 50;

/** A load process of its own for one variant, that makes the same short load again and again, as the app makes it. */
export class ShortRuns {
  readonly #fleet: LoadFleet;
  readonly #scenario: Scenario;
  readonly #load: PlainLoad;
  #aggregator = new Aggregator();
  #totals: RunTotals;

  constructor(scenario: Scenario, load: PlainLoad, target: LoadTarget) {
    this.#scenario = scenario;
    this.#load = load;
    this.#totals = new RunTotals(scenario);
    this.#fleet = new LoadFleet(childProcessHost(resolve(process.cwd(), 'out/main')), scenario, target, {
      onPhase: () => {},
      onTick: (tick) => {
        for (const second of this.#aggregator.add(tick).seconds) this.#totals.add(second);
      },
    });
  }

  async run(): Promise<ExperimentRun['values']> {
    this.#aggregator = new Aggregator();
    this.#totals = new RunTotals(this.#scenario);
    const { measuredMs } = await this.#fleet.run(this.#load, warmupMs);
    for (const second of this.#aggregator.finish()) this.#totals.add(second);
    const { response } = this.#totals;
    const ms = (percentile: number): number => response.percentileUs(percentile) / 1_000;
    return { throughput: (response.count * 1_000) / measuredMs, p50: ms(50), p95: ms(95), p99: ms(99) };
  }

  end(): Promise<void> {
    return this.#fleet.end(1_000);
  }
}

/** What the statistics of an experiment need. */
export type ShortExperiment = Pick<Experiment, 'variants' | 'plan' | 'runs'>;

/** Runs two variants in the order of an experiment; `before` hears of each run. */
export async function runPairs(
  plan: Experiment['plan'],
  variants: readonly [ShortRuns, ShortRuns],
  before: (run: number) => Promise<void> = async () => {},
): Promise<ShortExperiment> {
  const runs: ExperimentRun[] = [];
  for (let block = 0; block < plan.pairs; block += 1) {
    for (const number of blockOrder(block, 2)) {
      await before(runs.length);
      const values = await variants[number === 0 ? 0 : 1].run();
      runs.push({ block, variant: number, runId: '', verdict: 'passed', distrust: null, missed: [], values });
    }
  }
  return { variants: ['A', 'B'].map((name) => ({ name, target: engineConfig('memory') })), plan, runs };
}
