import type { RunInterval } from '../../shared/run/metrics';
import { meanOfKnown } from '../../shared/statistics/meanOfKnown';
import type { ServiceSample } from '../service/protocol';

/** What a second says of the service. */
export type TargetSecond = Pick<
  RunInterval,
  | 'targetCpu'
  | 'targetUtilisation'
  | 'targetRssMb'
  | 'targetHeapMb'
  | 'targetGcMs'
  | 'targetGcMaxMs'
  | 'targetCpuWaitMs'
  | 'targetLoopDelayMs'
  | 'targetWrittenMb'
  | 'targetLoopHeldMs'
  | 'targetLoopHeldMaxMs'
>;

function sumOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

function mostOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : Math.max(...values);
}

/** Folds records by name, two values at a time. */
function foldNames(
  records: readonly Readonly<Record<string, number>>[],
  fold: (a: number, b: number) => number,
): Record<string, number> {
  const folded: Record<string, number> = {};
  for (const record of records)
    for (const [name, value] of Object.entries(record)) folded[name] = fold(folded[name] ?? 0, value);
  return folded;
}

/**
 * What the service process used, from its samples: no pause is lost and none counts twice, however many samples come in
 * a second. What its memory holds is known from the last sample; of a second without one nothing else is.
 */
export class TargetUse {
  #samples: ServiceSample[] = [];
  #last: ServiceSample | undefined;

  add(sample: ServiceSample): void {
    this.#samples.push(sample);
    this.#last = sample;
  }

  /** What was sampled since the last call. */
  take(): TargetSecond {
    const samples = this.#samples;
    this.#samples = [];
    const all = <T>(of: (sample: ServiceSample) => T): T[] => samples.map(of);
    return {
      targetCpu: meanOfKnown(all(({ cpu }) => cpu)),
      targetUtilisation: meanOfKnown(all(({ utilisation }) => utilisation)),
      targetRssMb: this.#last?.rssMb ?? null,
      targetHeapMb: this.#last?.heapMb ?? null,
      targetGcMs: sumOf(all(({ gcMs }) => gcMs)),
      targetGcMaxMs: mostOf(all(({ gcMaxMs }) => gcMaxMs)),
      targetCpuWaitMs: sumOf(all(({ cpuWaitMs }) => cpuWaitMs)),
      targetLoopDelayMs: mostOf(all(({ loopDelayMs }) => loopDelayMs)),
      targetWrittenMb: sumOf(all(({ writtenMb }) => writtenMb)),
      targetLoopHeldMs: foldNames(
        all(({ loopHeldMs }) => loopHeldMs),
        (a, b) => a + b,
      ),
      targetLoopHeldMaxMs: foldNames(
        all(({ loopHeldMaxMs }) => loopHeldMaxMs),
        Math.max,
      ),
    };
  }
}
