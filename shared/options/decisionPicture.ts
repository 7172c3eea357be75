import { logTicks } from '../charts/axis';
import type { Experiment } from '../experiment/experiment';
import { deviationOf, meanOf } from '../statistics/spread';
import { studentT } from '../statistics/studentT';
import { p95LimitMs } from '../thresholds/evaluate';
import type { OptionResult } from './optionResult';
import { type ClaimedRange, optionOf } from './reportOptions';

/** An option on the P95 axis. All values are in ms; null when unknown. */
export interface PicturedOption {
  label: string;
  variant: number;
  /** What the report expected. `lowMs` is 0 for an upper bound. */
  claim: ClaimedRange | null;
  /** What the report had measured. */
  reportedMs: number | null;
  /** The median over the runs. */
  measuredMs: number | null;
  /** The 95 % interval of the mean over further runs, by Student's t on the logarithms of the runs. */
  interval: { lowMs: number; highMs: number } | null;
}

/** The decision as one chart: options on a logarithmic axis, with the limit across it. */
export interface DecisionPicture {
  options: readonly PicturedOption[];
  /** The P95 limit of the scenario, in ms. */
  targetMs: number | undefined;
  /** The powers of ten on the axis, from start to end, in ms. */
  ticksMs: readonly number[];
  /** The highest rate of all confirmed capacities and their intervals, in requests or journeys per second; at least 1. */
  mostRate: number;
}

/** Returns a 95 % interval of the mean, from the logarithms of the positive values; null with fewer than two. */
function intervalOf(values: readonly number[]): { lowMs: number; highMs: number } | null {
  const logs = values.filter((value) => value > 0).map(Math.log);
  if (logs.length < 2) return null;
  const mean = meanOf(logs);
  const reach = (studentT(0.975, logs.length - 1) * deviationOf(logs)) / Math.sqrt(logs.length);
  return { lowMs: Math.exp(mean - reach), highMs: Math.exp(mean + reach) };
}

function picturedOption({ variants, runs }: Experiment, { variant, label, medians }: OptionResult): PicturedOption {
  const target = variants[variant]?.target;
  const option = target?.kind === 'engine' ? optionOf(target.engine) : undefined;
  return {
    label,
    variant,
    claim: option?.claim.p95 ?? null,
    reportedMs: option?.reported?.p95Ms ?? null,
    measuredMs: medians?.p95 ?? null,
    interval: intervalOf(runs.filter((run) => run.variant === variant).map(({ values }) => values.p95)),
  };
}

/** Returns the P95 of all options, claimed and measured, with the limit of the scenario and the scale of capacities. */
export function decisionPicture(experiment: Experiment, results: readonly OptionResult[]): DecisionPicture {
  const options = results.map((result) => picturedOption(experiment, result));
  const targetMs = p95LimitMs(experiment.scenario.thresholds);
  const known = options
    .flatMap(({ claim, reportedMs, measuredMs, interval }) => [
      claim?.lowMs,
      claim?.highMs,
      reportedMs,
      measuredMs,
      interval?.lowMs,
      interval?.highMs,
    ])
    .concat(targetMs)
    .filter((value) => typeof value === 'number')
    .filter((value) => value > 0 && Number.isFinite(value));
  const ticksMs = known.length === 0 ? [1, 10] : logTicks(Math.min(...known), Math.max(...known));
  const confirmed = results.flatMap(({ capacity }) =>
    capacity?.rate == null ? [] : [capacity.rate, capacity.high ?? 0],
  );
  const mostRate = Math.max(1, ...confirmed);
  return { options, targetMs, ticksMs, mostRate };
}
