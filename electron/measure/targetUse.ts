import type { RunInterval } from '../../shared/run/metrics';
import { foldNames } from '../../shared/statistics/foldNames';
import { meanOfKnown } from '../../shared/statistics/meanOfKnown';
import type { ServiceSample } from '../service/protocol';
import { roundedEach, roundedIfKnown } from './rounding';

/** The figures of an interval about the service. */
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

/**
 * What the service process used, from its samples. No pause is lost or counted twice, however many samples arrive in a
 * second. The last sample tells what its memory holds. For a second without a sample, nothing else is known.
 */
export class TargetUse {
  #samples: ServiceSample[] = [];
  #last: ServiceSample | undefined;

  add(sample: ServiceSample): void {
    this.#samples.push(sample);
    this.#last = sample;
  }

  /** Returns what was sampled since the last call. */
  take(): TargetSecond {
    const samples = this.#samples;
    this.#samples = [];
    const all = <T>(of: (sample: ServiceSample) => T): T[] => samples.map(of);
    return {
      targetCpu: roundedIfKnown(meanOfKnown(all(({ cpu }) => cpu)), 5),
      targetUtilisation: roundedIfKnown(meanOfKnown(all(({ utilisation }) => utilisation)), 5),
      targetRssMb: roundedIfKnown(this.#last?.rssMb ?? null, 3),
      targetHeapMb: roundedIfKnown(this.#last?.heapMb ?? null, 3),
      targetGcMs: roundedIfKnown(sumOf(all(({ gcMs }) => gcMs)), 3),
      targetGcMaxMs: roundedIfKnown(mostOf(all(({ gcMaxMs }) => gcMaxMs)), 3),
      targetCpuWaitMs: roundedIfKnown(sumOf(all(({ cpuWaitMs }) => cpuWaitMs)), 3),
      targetLoopDelayMs: roundedIfKnown(mostOf(all(({ loopDelayMs }) => loopDelayMs)), 3),
      targetWrittenMb: roundedIfKnown(sumOf(all(({ writtenMb }) => writtenMb)), 3),
      targetLoopHeldMs: roundedEach(
        foldNames(
          all(({ loopHeldMs }) => loopHeldMs),
          (values) => values.reduce((sum, value) => sum + value, 0),
        ),
        3,
      ),
      targetLoopHeldMaxMs: roundedEach(
        foldNames(
          all(({ loopHeldMaxMs }) => loopHeldMaxMs),
          (values) => Math.max(...values),
        ),
        3,
      ),
    };
  }
}
