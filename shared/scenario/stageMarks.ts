import { formatNumber } from '../units/format';
import { rateText } from './describe';
import type { Load } from './schema';
import { requiredMs } from './timing';

/**
 * Returns where the stages of a load begin, in seconds of its measured part, with their targets, or where several
 * scenarios begin that do not begin at once; empty for other loads.
 */
export function stageMarks(load: Load): { t: number; name: string }[] {
  if (load.executor === 'scenarios')
    return load.scenarios.flatMap(({ name, startTime }) => {
      const t = requiredMs(startTime) / 1_000;
      return t > 0 ? [{ t, name }] : [];
    });
  if (!('stages' in load)) return [];
  let atMs = 0;
  return load.stages.map(({ duration, target }) => {
    const t = atMs / 1_000;
    atMs += requiredMs(duration);
    return { t, name: `to ${formatNumber(target)}` };
  });
}

/** Describes the target of a stage, such as `200 req/s for 50s`; undefined when the load has no such stage. */
function stageWords(load: Load, stage: string): string | undefined {
  if (!('stages' in load)) return undefined;
  const found = load.stages[Number(stage)];
  if (!found) return undefined;
  const { target, duration } = found;
  const isOfUsers = load.executor === 'ramping-vus';
  const from = load.stages[Number(stage) - 1]?.target ?? (isOfUsers ? load.startVUs : load.startRate);
  const amount = isOfUsers ? `${formatNumber(target)} users` : rateText(target, load.timeUnit);
  return from === target ? `${amount} for ${duration}` : `from ${formatNumber(from)} to ${amount} in ${duration}`;
}

/** Returns the name of a stage with its target, such as `stage 4 (200 req/s for 50s)`. */
export function stageName(load: Load, stage: string): string {
  const words = stageWords(load, stage);
  return words === undefined ? `stage ${stage}` : `stage ${stage} (${words})`;
}

/** Returns a threshold as it was written, followed by the target of its stage if it has one. */
export function thresholdName({ metric, expression }: { metric: string; expression: string }, load: Load): string {
  const stage = /\{stage:(\d+)\}/.exec(metric)?.[1];
  const words = stage === undefined ? undefined : stageWords(load, stage);
  return `${metric} ${expression}${words === undefined ? '' : `, ${words}`}`;
}
