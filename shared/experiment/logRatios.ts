import type { Experiment, ExperimentMetric, ExperimentRun } from './experiment';

/**
 * The log ratio of a value without bound to one with a bound: far beyond all that is measured, and finite, so that its
 * means are numbers.
 */
export const beyondLog = Math.log(1e12);

/** The value that a run is judged by; infinite for a percentile without bound, undefined where nothing was measured. */
function judgedValue({ values, adjusted, failures }: ExperimentRun, metric: ExperimentMetric): number | undefined {
  const plain = values[metric];
  // Nothing a second is a value when requests failed.
  if (metric === 'throughput') return plain > 0 || (failures?.of ?? 0) > 0 ? plain : undefined;
  const value = adjusted?.[metric];
  if (value === null) return Number.POSITIVE_INFINITY;
  return (value ?? plain) > 0 ? (value ?? plain) : undefined;
}

function isExtreme(value: number): boolean {
  return value === 0 || value === Number.POSITIVE_INFINITY;
}

/**
 * The log ratios of a variant to another, one for each block that holds a value of both. One that has no bound, because
 * one of the two has none (or nothing, of throughput), is {@link beyondLog} or its negative; a block in which neither
 * has one tells nothing.
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
