import { type RequestPhase, requestPhases } from '../../../shared/run/metrics';
import { k6StartedAtMetric } from '../k6Stream';
import { isConnectionPhase, type K6Tags, k6FailureOf, k6JourneyOf, k6OperationOf, k6WarmupScenario } from '../k6Tags';
import type { ToolListener } from '../toolEvents';
import { type Bucket, bucketShareOf, dealt, exponentialBuckets } from './exponentialBuckets';
import { type ExponentialPoint, type NumberPoint, type OtlpMetric, otlpBatchSchema } from './otlpSchema';

/*
 * The samples of k6 as its output `opentelemetry` sends them (k6 2.2, internal/output/opentelemetry): a Counter is a sum,
 * a Rate a sum called `NAME.total` with the attribute `condition` (`nonzero` or `zero`), a Gauge a gauge and a Trend a
 * histogram, in ms; tags are attributes. What is new since the last export comes each second.
 */

/** Into how many parts the samples of an export are spread over its time. A part is as long as a tick. */
const parts = 4;
/** The longest time that an export covers, in ms. A metric that was silent for long starts with its last sample. */
const longestMs = 2_000;
const batchStart = '{"resourceMetrics"';
/** The tag with the number of a runner, which k6-operator sets (pkg/resources/jobs/runner.go). */
const runnerTag = 'instance_id';

function isPhase(name: string): name is RequestPhase {
  return requestPhases.some((phase) => phase === name);
}

function amountOf({ asInt, asDouble }: NumberPoint): number {
  return asInt ?? asDouble ?? 0;
}

/** The times in the middle of the parts of what an export covers. */
function timesOf({ startTimeUnixNano, timeUnixNano: endMs }: NumberPoint | ExponentialPoint): number[] {
  const lengthMs = Math.min(longestMs, Math.max(0, endMs - (startTimeUnixNano ?? endMs)));
  return Array.from({ length: parts }, (_, part) => endMs - lengthMs * (1 - (part + 0.5) / parts));
}

/** Reads the metrics of all runners from the log of their collector, and reports them as samples. */
export class OtlpSamples {
  readonly #listen: () => ToolListener;
  readonly #journeys: readonly string[];
  readonly #runners = new Map<string, ToolListener>();
  #lastMs = 0;
  #requests = 0;
  #bucketShare = 0;

  /** `listen` returns a listener for one more runner. `journeys` are the names of the journeys that k6 goes through. */
  constructor(listen: () => ToolListener, journeys: readonly string[] = []) {
    this.#listen = listen;
    this.#journeys = journeys;
  }

  /** The end of the latest export, in ms since 1970 by the clock of its runner; 0 before the first. */
  get lastMs(): number {
    return this.#lastMs;
  }

  /** How many requests all runners have reported, those of the warm-up included. */
  get requests(): number {
    return this.#requests;
  }

  /** By how much at most a response time is above the true one, as a share of itself: the width of the widest bucket. */
  get bucketShare(): number {
    return this.#bucketShare;
  }

  /** Reads a line of the log. Lines that are no metrics are ignored. Throws for metrics that can't be read. */
  line(text: string): void {
    if (!text.startsWith(batchStart)) return;
    const { resourceMetrics } = otlpBatchSchema.parse(JSON.parse(text));
    const metrics = resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics: all }) => all));
    // All other times count from the start of their runner.
    for (const metric of metrics) if (metric.name === k6StartedAtMetric) this.#starts(metric);
    for (const metric of metrics) {
      for (const point of metric.sum?.dataPoints ?? []) this.#count(metric.name, point);
      for (const point of metric.exponentialHistogram?.dataPoints ?? []) this.#distribution(metric.name, point);
    }
  }

  #starts({ gauge }: OtlpMetric): void {
    for (const point of gauge?.dataPoints ?? []) this.#runnerOf(point.attributes).started(amountOf(point));
  }

  #runnerOf(tags: K6Tags): ToolListener {
    const name = tags[runnerTag] ?? '';
    const listener = this.#runners.get(name) ?? this.#listen();
    this.#runners.set(name, listener);
    return listener;
  }

  #count(name: string, point: NumberPoint): void {
    const { attributes: tags, timeUnixNano: endMs } = point;
    const count = Math.round(amountOf(point));
    const isWarmup = tags.scenario === k6WarmupScenario;
    this.#lastMs = Math.max(this.#lastMs, endMs);
    if (name === 'http_reqs') this.#requests += count;
    else if (name === 'dropped_iterations' && !isWarmup) this.#runnerOf(tags).dropped(endMs, count);
    else if (name === 'checks.total' && tags.check !== undefined) {
      const { check, operation = '', condition } = tags;
      const several = { times: count, isWarmup };
      this.#runnerOf(tags).checked(endMs, operation, check, condition === 'nonzero', several);
    }
  }

  #distribution(name: string, point: ExponentialPoint): void {
    const listener = this.#runnerOf(point.attributes);
    const times = timesOf(point);
    this.#lastMs = Math.max(this.#lastMs, point.timeUnixNano);
    for (const [part, buckets] of dealt(exponentialBuckets(point), parts).entries()) {
      const endedMs = times[part] ?? point.timeUnixNano;
      for (const bucket of buckets) this.#values(listener, name, point, endedMs, bucket);
    }
  }

  #values(
    listener: ToolListener,
    name: string,
    { attributes: tags, scale }: ExponentialPoint,
    endedMs: number,
    [valueMs, times]: Bucket,
  ): void {
    const isWarmup = tags.scenario === k6WarmupScenario;
    const failure = k6FailureOf(tags);
    if (name === 'http_req_duration') {
      this.#bucketShare = Math.max(this.#bucketShare, bucketShareOf(scale));
      const operation = k6OperationOf(tags);
      const startedMs = endedMs - valueMs;
      const phases = {};
      listener.ended({ startedMs, endedMs, operation, failure, opensConnection: false, phases, isWarmup, times });
    } else if (isPhase(name)) {
      if (isConnectionPhase(name) && valueMs === 0) return;
      const hasFailed = failure !== undefined;
      listener.phase({ endedMs, phase: name, durationMs: valueMs, times, isWarmup, hasFailed });
    } else if (name === 'iteration_duration') {
      const journey = k6JourneyOf(tags, this.#journeys);
      if (journey !== undefined) listener.iterationEnded(journey, endedMs - valueMs, endedMs, { times, isWarmup });
    }
  }
}
