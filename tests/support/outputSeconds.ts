import type { OutputSecond } from '../../electron/outputs/runOutput';
import type { RunEvent } from '../../shared/run/events';
import type { RunInterval } from '../../shared/run/metrics';
import { LatencyHistogram } from '../../shared/statistics/latencyHistogram';
import { description, histogramOfMs, runDocument, runInterval } from './factories';

/** The beginning of a run, as outputs are told of it. */
export const started: RunEvent = { type: 'started', run: description() };

/** The end of a run. */
export function finished(overrides: Parameters<typeof runDocument>[0] = {}): RunEvent {
  return { type: 'finished', document: runDocument(overrides), saved: true };
}

/** A second with the latencies of each operation, in ms. */
export function outputSecond(
  t: number,
  latenciesMs: Readonly<Record<string, readonly number[]>>,
  overrides: Partial<RunInterval> = {},
): OutputSecond {
  const response = new Map(
    Object.entries(latenciesMs).map(([operation, values]) => [operation, histogramOfMs(...values)] as const),
  );
  return {
    interval: runInterval({ t, ...overrides }),
    response,
    lateness: new LatencyHistogram(),
    phases: new Map(),
  };
}
