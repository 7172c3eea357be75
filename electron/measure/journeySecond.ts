import { addCountsByPart } from '../../shared/run/failureCounts';
import type { RunInterval } from '../../shared/run/metrics';
import { histogramOf } from '../../shared/statistics/histogramMap';
import type { LatencyHistogram } from '../../shared/statistics/latencyHistogram';
import type { JourneyTick } from '../load/protocol';

/** The figures of an interval that only journeys have. */
export interface JourneyCounts {
  iterations: NonNullable<RunInterval['iterations']>;
  checks: NonNullable<RunInterval['checks']>;
  dataByOperation: Record<string, Record<'sentBytes' | 'receivedBytes' | 'decodedBytes', number>>;
}

/** Adds counts of journeys to totals, such as those of a second to those of a run. */
export function addJourneyCounts(totals: JourneyCounts, counts: Pick<RunInterval, keyof JourneyCounts>): void {
  addCountsByPart(totals.iterations, counts.iterations ?? {});
  for (const [operation, { decodedBytes = 0, ...bytes }] of Object.entries(counts.dataByOperation ?? {}))
    addCountsByPart(totals.dataByOperation, { [operation]: { ...bytes, decodedBytes } });
  for (const [operation, checks] of Object.entries(counts.checks ?? {})) {
    const known = totals.checks[operation] ?? {};
    totals.checks[operation] = known;
    addCountsByPart(known, checks);
  }
}

/** The figures of journeys in one second, besides those of their requests. */
export class JourneySecond {
  readonly durations = new Map<string, LatencyHistogram>();
  readonly counts: JourneyCounts = { iterations: {}, checks: {}, dataByOperation: {} };

  add({ durations, iterations, steps }: JourneyTick): void {
    for (const [journey, sparse] of Object.entries(durations)) histogramOf(this.durations, journey).mergeSparse(sparse);
    const ofSteps = Object.entries(steps);
    addJourneyCounts(this.counts, {
      iterations,
      checks: Object.fromEntries(ofSteps.map(([operation, { checks }]) => [operation, checks])),
      dataByOperation: Object.fromEntries(
        // Other tools do not report the bytes of a step. No bytes at all therefore means that they are not known.
        ofSteps.flatMap(([operation, { sentBytes, receivedBytes, decodedBytes }]) =>
          sentBytes + receivedBytes === 0 ? [] : [[operation, { sentBytes, receivedBytes, decodedBytes }]],
        ),
      ),
    });
  }
}
