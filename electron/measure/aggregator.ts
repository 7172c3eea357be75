import { meanPartsMs } from '../../shared/attribution/attribution';
import { type PartProfile, profileOf } from '../../shared/attribution/partProfile';
import type { Tick } from '../../shared/run/events';
import { addCounts, addCountsByPart, type FailureCounts, sumOfCounts } from '../../shared/run/failureCounts';
import { latencyCountsOf } from '../../shared/run/latencyCounts';
import type { RequestPhase } from '../../shared/run/metrics';
import { histogramOf } from '../../shared/statistics/histogramMap';
import { LatencyHistogram, type SparseHistogram } from '../../shared/statistics/latencyHistogram';
import type { LoadTick } from '../load/protocol';
import type { ServiceSample } from '../service/protocol';
import { JourneySecond } from './journeySecond';
import { type MachineSecond, unknownMachine } from './machineSecond';
import type { RecordedSecond } from './recordedSecond';
import { rounded, roundedIfKnown } from './rounding';
import { type TargetSecond, TargetUse } from './targetUse';
import { TickAccumulator } from './tickAccumulator';

const ticksPerSecond = 4;

function addKnown(sum: number | null, value: number | null): number | null {
  return value === null ? sum : (sum ?? 0) + value;
}

function maxKnown(most: number | null, value: number | null): number | null {
  return value === null ? most : Math.max(most ?? 0, value);
}

/** A second that is being put together from its ticks. */
class OpenSecond {
  readonly number: number;
  readonly #tally = new TickAccumulator();
  readonly #response = new Map<string, LatencyHistogram>();
  readonly #serverTiming = new Map<string, LatencyHistogram>();
  readonly #stages = new Map<string, LatencyHistogram>();
  readonly #phases = new Map<RequestPhase, LatencyHistogram>();
  readonly #parts = new Map<string, PartProfile>();
  #journeys: JourneySecond | undefined;
  readonly #service = new LatencyHistogram();
  readonly #lateness = new LatencyHistogram();
  readonly #errors: FailureCounts = {};
  readonly #errorsByOperation: Record<string, FailureCounts> = {};
  readonly #errorsByStage: Record<string, FailureCounts> = {};
  readonly #droppedByStage: Record<string, number> = {};
  #droppedByScenario: Record<string, number> | undefined;
  #connectionsOpened = 0;
  #connectionsLost = 0;
  #reconnects = 0;
  #gcMs: number | null = null;
  #gcMaxMs: number | null = null;
  #loopDelayMs: number | null = null;
  #cpuWaitMs: number | null = null;
  #cpuSlices: number | null = null;
  #throttledMs: number | null = null;
  #cpuLimit: number | null = null;
  /** The time for which the utilisation of the generator is known, in ms. */
  #generatorMs = 0;
  #busyMs = 0;
  /** Whether all of its ticks began after the end of the load. */
  #isDraining = true;
  #inFlight: number | null = 0;

  constructor(number: number) {
    this.number = number;
  }

  add(tick: LoadTick): void {
    this.#tally.add(tick);
    if (!tick.draining) this.#isDraining = false;
    for (const [operation, sparse] of Object.entries(tick.response))
      histogramOf(this.#response, operation).mergeSparse(sparse);
    for (const [part, sparse] of Object.entries(tick.serverTiming))
      histogramOf(this.#serverTiming, part).mergeSparse(sparse);
    for (const [operation, sparse] of Object.entries(tick.parts)) profileOf(this.#parts, operation).mergeSparse(sparse);
    for (const [stage, { response, failures, dropped }] of Object.entries(tick.stages)) {
      histogramOf(this.#stages, stage).mergeSparse(response);
      if (sumOfCounts(failures) > 0) addCountsByPart(this.#errorsByStage, { [stage]: failures });
      if (dropped > 0) addCounts(this.#droppedByStage, { [stage]: dropped });
    }
    if (tick.droppedByScenario) {
      this.#droppedByScenario ??= {};
      addCounts(this.#droppedByScenario, tick.droppedByScenario);
    }
    this.#addPhases(tick);
    if (tick.journeys) {
      this.#journeys ??= new JourneySecond();
      this.#journeys.add(tick.journeys);
    }
    // What the generator does while it only waits for the last responses says nothing about how it generated the load.
    if (!tick.draining || this.#isDraining) this.#addGenerator(tick);
    this.#service.mergeSparse(tick.service);
    // A closed model has no schedule that a send could be late for.
    if (tick.asked !== null) this.#lateness.mergeSparse(tick.lateness);
    addCounts(this.#errors, tick.failures);
    addCountsByPart(this.#errorsByOperation, tick.errorsByOperation);
    this.#inFlight = tick.inFlight;
  }

  #addPhases({ blocked, waiting, receiving, connections }: LoadTick): void {
    const phases: [RequestPhase, SparseHistogram][] = [
      ['http_req_blocked', blocked],
      ['http_req_looking_up', connections.lookup],
      ['http_req_connecting', connections.connect],
      ['http_req_tls_handshaking', connections.tls],
      ['http_req_waiting', waiting],
      ['http_req_receiving', receiving],
    ];
    for (const [phase, sparse] of phases) {
      if (sparse.count > 0) histogramOf(this.#phases, phase).mergeSparse(sparse);
    }
    this.#connectionsOpened += connections.opened;
    this.#connectionsLost += connections.lost;
    this.#reconnects += connections.reconnects;
  }

  #addGenerator({
    durationMs,
    utilisation,
    gcMs,
    gcMaxMs,
    loopDelayMs,
    cpuWaitMs,
    cpuSlices,
    throttledMs,
    cpuLimit,
  }: LoadTick): void {
    if (utilisation !== null) {
      this.#generatorMs += durationMs;
      this.#busyMs += utilisation * durationMs;
    }
    this.#cpuLimit = cpuLimit;
    this.#gcMs = addKnown(this.#gcMs, gcMs);
    this.#gcMaxMs = maxKnown(this.#gcMaxMs, gcMaxMs);
    this.#loopDelayMs = maxKnown(this.#loopDelayMs, loopDelayMs);
    this.#cpuWaitMs = addKnown(this.#cpuWaitMs, cpuWaitMs);
    this.#cpuSlices = addKnown(this.#cpuSlices, cpuSlices);
    this.#throttledMs = addKnown(this.#throttledMs, throttledMs);
  }

  close(target: TargetSecond, machine: MachineSecond): RecordedSecond {
    const parts = meanPartsMs(this.#parts.values());
    const { count, rate, p50, p95, p99, max, failed, dropped, cacheHitRate } = this.#tally.statistics();
    return {
      interval: {
        t: this.number,
        count,
        rate,
        p50,
        p95,
        p99,
        max,
        latencyCounts: latencyCountsOf(this.#tally.response),
        failed,
        cacheHitRate,
        inFlight: this.#inFlight,
        asked: this.#tally.asked,
        sent: this.#tally.sent,
        dropped,
        isDraining: this.#isDraining,
        late: this.#tally.late,
        lateFailed: this.#tally.lateFailed,
        cacheLookups: this.#tally.cacheLookups,
        errors: this.#errors,
        failedByStage: Object.fromEntries(
          Object.entries(this.#errorsByStage).map(([stage, failures]) => [stage, sumOfCounts(failures)]),
        ),
        errorsByOperation: this.#errorsByOperation,
        errorsByStage: this.#errorsByStage,
        droppedByStage: this.#droppedByStage,
        ...(this.#droppedByScenario ? { droppedByScenario: this.#droppedByScenario } : {}),
        connectionsOpened: this.#connectionsOpened,
        connectionsLost: this.#connectionsLost,
        reconnects: this.#reconnects,
        generatorGcMs: roundedIfKnown(this.#gcMs, 3),
        generatorGcMaxMs: roundedIfKnown(this.#gcMaxMs, 3),
        generatorLoopDelayMs: roundedIfKnown(this.#loopDelayMs, 3),
        generatorCpuWaitMs: roundedIfKnown(this.#cpuWaitMs, 3),
        generatorCpuSlices: this.#cpuSlices,
        generatorThrottledMs: roundedIfKnown(this.#throttledMs, 3),
        generatorCpuLimit: this.#cpuLimit,
        generatorUtilisation: this.#generatorMs > 0 ? rounded(this.#busyMs / this.#generatorMs, 5) : null,
        ...target,
        ...machine,
        parts: parts.all,
        slowestParts: parts.slowest,
        ...this.#journeys?.counts,
      },
      response: this.#response,
      service: this.#service,
      lateness: this.#lateness,
      stages: this.#stages,
      phases: this.#phases,
      serverTiming: this.#serverTiming,
      parts: this.#parts,
      ...(this.#journeys ? { journeys: this.#journeys.durations } : {}),
    };
  }
}

/** Turns the ticks of the load process into ticks for display and into seconds for charts and history. */
export class Aggregator {
  readonly #cumulative = new TickAccumulator();
  readonly #target = new TargetUse();
  readonly #machine: () => MachineSecond;
  #open: OpenSecond | undefined;

  /**
   * `machine` is called at the end of each second. It returns what other programs used of the processors since the last
   * call.
   */
  constructor(machine: () => MachineSecond = () => unknownMachine) {
    this.#machine = machine;
  }

  noteServiceSample(sample: ServiceSample): void {
    this.#target.add(sample);
  }

  /**
   * Takes a tick. Returns it for display, with the seconds that it completes. Ticks of the warm-up complete no second.
   */
  add(tick: LoadTick): { tick: Tick; seconds: RecordedSecond[] } {
    const seconds = tick.warmup ? [] : this.#addMeasured(tick);
    const interval = new TickAccumulator();
    interval.add(tick);
    return {
      seconds,
      tick: {
        elapsedMs: tick.elapsedMs,
        durationMs: tick.durationMs,
        warmup: tick.warmup,
        inFlight: tick.inFlight,
        generatorUtilisation: tick.utilisation,
        interval: interval.statistics(),
        cumulative: this.#cumulative.statistics(),
      },
    };
  }

  /** Returns the last, partial second, if there is one. */
  finish(): RecordedSecond[] {
    if (!this.#open) return [];
    const second = this.#open.close(this.#target.take(), this.#machine());
    this.#open = undefined;
    return [second];
  }

  #addMeasured(tick: LoadTick): RecordedSecond[] {
    this.#cumulative.add(tick);
    const number = Math.ceil(tick.index / ticksPerSecond);
    const late = this.#open && this.#open.number !== number ? this.finish() : [];
    this.#open ??= new OpenSecond(number);
    this.#open.add(tick);
    return tick.index % ticksPerSecond === 0 ? [...late, ...this.finish()] : late;
  }
}
