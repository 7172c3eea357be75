import type { Experiment, ExperimentMetric, ExperimentRun } from './experiment';

/**
 * The log ratio of an unbounded value to a bounded one: far beyond all measurements, but finite, so that means stay
 * finite.
 */
export const beyondLog = Math.log(1e12);

/**
 * Returns the value by which a run is judged; infinite for an unbounded percentile, undefined when nothing was
 * measured.
 */
function judgedValue({ values, adjusted, failures }: ExperimentRun, metric: ExperimentMetric): number | undefined {
  const plain = values[metric];
  // A throughput of zero is a value when requests failed.
  if (metric === 'throughput') return plain > 0 || (failures?.of ?? 0) > 0 ? plain : undefined;
  const value = adjusted?.[metric];
  if (value === null) return Number.POSITIVE_INFINITY;
  return (value ?? plain) > 0 ? (value ?? plain) : undefined;
}

function isExtreme(value: number): boolean {
  return value === 0 || value === Number.POSITIVE_INFINITY;
}

/**
 * Returns the log ratios of a variant to another, one for each block with values of both. A ratio with an unbounded
 * value (or, for throughput, zero) is {@link beyondLog} or its negative. A block in which both are unbounded is left
 * out.
 */
export function logRatios(
  { runs }: Pick<Experiment, 'runs'>,
  variant: number,
  metric: ExperimentMetric,
  base = 0,
): number[] {
  const valueIn = (block: number, wanted: number): number | undefined => {
    const found = runs.find((run) => run.block === block && run.variant === wanted);
    return found && judgedValue(found, metric);
  };
  const blocks = [...new Set(runs.map(({ block }) => block))].sort((a, b) => a - b);
  return blocks.flatMap((block) => {
    const [from, other] = [valueIn(block, base), valueIn(block, variant)];
    if (from === undefined || other === undefined) return [];
    if (!isExtreme(from) && !isExtreme(other)) return [Math.log(other / from)];
    if (from === other) return [];
    return [other > from ? beyondLog : -beyondLog];
  });
}
