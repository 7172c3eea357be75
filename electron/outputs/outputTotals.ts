import type { RunDocument } from '../../shared/run/document';
import type { RunDescription, RunEvent } from '../../shared/run/events';
import type { RequestPhase, RunInterval } from '../../shared/run/metrics';
import { loadCurve } from '../../shared/scenario/loadCurve';
import type { Load } from '../../shared/scenario/schema';
import { scenarioOfJourneys } from '../../shared/scenario/severalScenarios';
import { scenarioOfOperations } from '../../shared/scenario/steps';
import { endMsOfPart, requiredMs } from '../../shared/scenario/timing';
import { histogramOf } from '../../shared/statistics/histogramMap';
import { LatencyHistogram, type SparseHistogram } from '../../shared/statistics/latencyHistogram';
import { CountsByName } from './countsByName';
import type { OutputSecond } from './runOutput';

/**
 * The number of virtual users that a load asks for at the end of a second of its measured part; null in an open model.
 */
function plannedUsers(load: Load, t: number): number | null {
  if (load.executor === 'scenarios') {
    const users = load.scenarios.flatMap((part) => {
      const startS = requiredMs(part.startTime) / 1000;
      const planned = plannedUsers(part, t - startS);
      return planned === null ? [] : [t > startS && t <= endMsOfPart(part) / 1000 ? planned : 0];
    });
    return users.length === 0 ? null : users.reduce((sum, count) => sum + count, 0);
  }
  const { unit, points } = loadCurve(load);
  if (unit !== 'virtual users') return null;
  const after = points.findIndex((point) => point.t >= t);
  const [from, to] = [points[after - 1], points[after]];
  if (!to) return points.at(-1)?.value ?? null;
  if (!from || to.t === from.t) return to.value;
  return Math.round(from.value + ((to.value - from.value) * (t - from.t)) / (to.t - from.t));
}

/** The measured part of a run so far, as counters and distributions that only grow. Outputs are built from it. */
export class OutputTotals {
  /** Response time of successful requests by operation. */
  readonly responses = new Map<string, LatencyHistogram>();
  readonly lateness = new LatencyHistogram();
  readonly phases = new Map<RequestPhase, LatencyHistogram>();
  readonly iterationDurations = new Map<string, LatencyHistogram>();
  /** Failed requests by operation and kind. */
  readonly failures = new CountsByName();
  /** Iterations by journey and outcome. */
  readonly iterations = new CountsByName();
  /** Checks by operation and name. */
  readonly passedChecks = new CountsByName();
  readonly failedChecks = new CountsByName();
  /** Bytes by operation, `sent` and `received`. */
  readonly data = new CountsByName();
  droppedIterations = 0;
  /** For several scenarios: dropped iterations by scenario. */
  readonly droppedByScenario = new Map<string, number>();
  connectionsOpened = 0;
  connectionsLost = 0;
  reconnects = 0;
  cacheLookups = 0;
  cacheHits = 0;
  /** The last known values. */
  inFlight: number | null = 0;
  users: number | null = null;
  generatorUtilisation: number | null = null;
  readonly run: Pick<RunDescription, 'id' | 'startedAt' | 'scenario' | 'target' | 'environment'>;
  readonly #scenarioOfOperations: ReadonlyMap<string, string>;
  readonly #scenarioOfJourneys: ReadonlyMap<string, string>;
  readonly #nowMs: () => number;
  /** When the measured part began, in ms since 1970; undefined before, and for a run from the history. */
  measuredFromMs: number | undefined;
  /** Set once the run has ended with a document. */
  document: RunDocument | undefined;

  constructor(run: OutputTotals['run'], nowMs: () => number = Date.now) {
    this.run = run;
    this.#nowMs = nowMs;
    this.#scenarioOfOperations = scenarioOfOperations(run.scenario);
    this.#scenarioOfJourneys = scenarioOfJourneys(run.scenario);
    const { load } = run.scenario;
    if (load.executor === 'scenarios') for (const { name } of load.scenarios) this.droppedByScenario.set(name, 0);
  }

  /** The scenario of an operation or a journey, in a run with several; empty otherwise. */
  scenarioOf({ operation = '', journey = '' }: Readonly<Record<string, string>>): string {
    return this.#scenarioOfJourneys.get(journey) ?? this.#scenarioOfOperations.get(operation) ?? '';
  }

  /** A tick updates what is in progress. The end of the run sets the document. */
  noteEvent(event: RunEvent): void {
    if (event.type === 'phase' && event.phase === 'running') this.measuredFromMs ??= this.#nowMs();
    if (event.type === 'tick') {
      this.inFlight = event.tick.inFlight;
      this.generatorUtilisation = event.tick.generatorUtilisation;
    }
    if (event.type === 'finished') this.end(event.document);
  }

  /** Call this when the run has ended: nothing is in progress any more. */
  end(document: RunDocument): void {
    this.document = document;
    this.inFlight = 0;
    if (this.users !== null) this.users = 0;
  }

  addSecond({ interval, response, lateness, phases, journeys = new Map() }: OutputSecond): void {
    this.addInterval(interval);
    for (const [operation, histogram] of response) histogramOf(this.responses, operation).merge(histogram);
    for (const [phase, histogram] of phases) histogramOf(this.phases, phase).merge(histogram);
    for (const [journey, histogram] of journeys) histogramOf(this.iterationDurations, journey).merge(histogram);
    this.lateness.merge(lateness);
  }

  addResponse(operation: string, histogram: SparseHistogram): void {
    histogramOf(this.responses, operation).mergeSparse(histogram);
  }

  /** Adds the counts of a second, without its distributions. */
  addInterval(interval: RunInterval): void {
    this.#addFailures(interval);
    this.#addJourneys(interval);
    this.droppedIterations += interval.dropped;
    for (const [scenario, count] of Object.entries(interval.droppedByScenario ?? {}))
      this.droppedByScenario.set(scenario, (this.droppedByScenario.get(scenario) ?? 0) + count);
    this.connectionsOpened += interval.connectionsOpened;
    this.connectionsLost += interval.connectionsLost;
    this.reconnects += interval.reconnects;
    this.cacheLookups += interval.cacheLookups;
    this.cacheHits += Math.round((interval.cacheHitRate ?? 0) * interval.cacheLookups);
    const users = plannedUsers(this.run.scenario.load, interval.t);
    this.users = users !== null && interval.isDraining ? 0 : users;
  }

  #addFailures({ errors, errorsByOperation }: RunInterval): void {
    const left = new Map(Object.entries(errors));
    for (const [operation, kinds] of Object.entries(errorsByOperation)) {
      for (const [kind, count] of Object.entries(kinds)) {
        this.failures.add(operation, kind, count);
        left.set(kind, (left.get(kind) ?? 0) - count);
      }
    }
    // Older documents do not record the operation of a failure.
    for (const [kind, count] of left) if (count > 0) this.failures.add('', kind, count);
  }

  #addJourneys({ iterations = {}, checks = {}, dataByOperation = {} }: RunInterval): void {
    for (const [journey, ends] of Object.entries(iterations))
      for (const [end, count] of Object.entries(ends)) this.iterations.add(journey, end, count);
    for (const [operation, byCheck] of Object.entries(checks)) {
      for (const [check, { passes, fails }] of Object.entries(byCheck)) {
        this.passedChecks.add(operation, check, passes);
        this.failedChecks.add(operation, check, fails);
      }
    }
    for (const [operation, { sentBytes, receivedBytes }] of Object.entries(dataByOperation)) {
      this.data.add(operation, 'sent', sentBytes);
      this.data.add(operation, 'received', receivedBytes);
    }
  }
}
