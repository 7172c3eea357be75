import type { Experiment, ExperimentMetric } from './experiment';

/** The log ratios of a variant to another, one for each block that holds a value of both. */
export function logRatios(
  { runs }: Pick<Experiment, 'runs'>,
  variant: number,
  metric: ExperimentMetric,
  base = 0,
): number[] {
  const valueIn = (block: number, wanted: number): number =>
    runs.find((run) => run.block === block && run.variant === wanted)?.values[metric] ?? 0;
  const blocks = [...new Set(runs.map(({ block }) => block))].sort((a, b) => a - b);
  return blocks.flatMap((block) => {
    const [from, other] = [valueIn(block, base), valueIn(block, variant)];
    return from > 0 && other > 0 ? [Math.log(other / from)] : [];
  });
}
