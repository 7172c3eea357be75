import type { Comparison, Experiment, ExperimentMetric } from '../experiment/experiment';
import { failedShare } from '../experiment/failures';
import { failuresOf } from '../experiment/judge';
import { medianOf } from '../statistics/medianOf';
import { formatLatency, formatRate, formatShare } from '../units/format';
import type { TableRow } from './blocks';
import { stateWord } from './status';
import { formatCapacity } from './wording/describeCapacity';
import { comparisonSentence, distrustOf, noiseSentence } from './wording/describeExperiment';

/** A comparison of an experiment in a sentence. */
export interface ComparisonLine {
  comparison: Comparison;
  /** Whether its metric decides the experiment. */
  isDecisive: boolean;
  sentence: string;
}

const stateWords: Record<Experiment['state'], string> = {
  running: 'interrupted when Proofload closed',
  finished: 'finished',
  stopped: 'paused',
  cancelled: 'ended early',
};

/** Describes the state of an experiment that is not in progress. */
export function experimentState({ state }: Pick<Experiment, 'state'>): string {
  return stateWords[state];
}

/** The results of an experiment. */
export interface ExperimentReport {
  /** Why the results cannot be trusted, as a sentence that begins with the verdict; undefined when they can. */
  distrust: string | undefined;
  /** The comparisons, those of the deciding metric first. */
  comparisons: readonly ComparisonLine[];
  noise: string;
  columns: readonly string[];
  /** The medians over the runs of each variant. */
  variants: readonly TableRow[];
}

function variantRow(experiment: Experiment, variant: number): TableRow {
  const { variants, runs, capacity } = experiment;
  const own = runs.filter((run) => run.variant === variant);
  const of = (metric: ExperimentMetric): number => medianOf(own.map(({ values }) => values[metric]));
  const found = capacity?.results.find((result) => result.variant === variant);
  return {
    label: variants[variant]?.name ?? '',
    cells: [
      String(own.length),
      formatShare(failedShare(failuresOf(experiment, variant))),
      formatRate(of('throughput')),
      ...(['p50', 'p95', 'p99'] as const).map((metric) => formatLatency(of(metric))),
      ...(capacity ? [formatCapacity(found)] : []),
    ],
  };
}

/** The report of an experiment. */
export function experimentReport(experiment: Experiment): ExperimentReport {
  const { comparisons, plan, variants, capacity } = experiment;
  const distrust = distrustOf(experiment);
  const lines = comparisons.map((comparison) => ({
    comparison,
    isDecisive: comparison.metric === plan.metric,
    sentence: comparisonSentence(experiment, comparison),
  }));
  return {
    distrust: distrust === undefined ? undefined : `${stateWord('inconclusive')}: ${distrust}`,
    comparisons: lines.sort((a, b) => Number(b.isDecisive) - Number(a.isDecisive)),
    noise: noiseSentence(experiment),
    columns: ['Variant', 'Runs', 'Errors', 'Throughput', 'P50', 'P95', 'P99', ...(capacity ? ['Capacity'] : [])],
    variants: variants.map((_, variant) => variantRow(experiment, variant)),
  };
}
