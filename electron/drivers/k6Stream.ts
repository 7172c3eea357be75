import { z } from 'zod';
import { isConnectionPhase, type K6Tags, k6FailureOf, k6JourneyOf, k6OperationOf, k6WarmupScenario } from './k6Tags';
import type { ToolListener, ToolRequest } from './toolEvents';

/*
 * Samples of k6 as `--out json` writes them: one line of JSON per value (output/json/wrapper.go). The values of one
 * request follow each other, with the time of its end and the same tags.
 */

const pointSchema = z.object({
  type: z.literal('Point'),
  metric: z.string(),
  data: z.object({
    time: z.string(),
    value: z.number(),
    tags: z.record(z.string(), z.string()).nullish(),
  }),
});

/** The metric with which the driven script reports that the load begins. */
export const k6StartMetric = 'proofload_started';
/** The metric with the moment at which the load begins, in ms since 1970, where samples carry no time. */
export const k6StartedAtMetric = 'proofload_started_ms';
/** A request whose samples are being collected. */
interface OpenRequest {
  time: string;
  endedMs: number;
  durationMs: number;
  tags: K6Tags;
  phases: ToolRequest['phases'];
}

/** Parses the samples of a k6 process and reports them to a listener. */
export class K6Stream {
  readonly #listener: ToolListener;
  readonly #journeys: readonly string[];
  #open: OpenRequest | undefined;

  /** `journeys` are the names of the journeys that k6 goes through. */
  constructor(listener: ToolListener, journeys: readonly string[] = []) {
    this.#listener = listener;
    this.#journeys = journeys;
  }

  /** Parses a line of output. Lines that are not samples are ignored. Throws for a sample that can't be parsed. */
  line(text: string): void {
    if (!text.startsWith('{')) return;
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('type' in value) || value.type !== 'Point') return;
    const { metric, data } = pointSchema.parse(value);
    this.#take(metric, data.time, data.value, data.tags ?? {});
  }

  /** Reports the request whose samples are being collected, if there is one. */
  end(): void {
    const request = this.#open;
    this.#open = undefined;
    if (!request) return;
    const { endedMs, durationMs, tags, phases } = request;
    // k6 counts the time to wait for a connection and to open it separately (http_req_blocked).
    const wholeMs = durationMs + (phases.http_req_blocked ?? 0);
    this.#listener.ended({
      startedMs: endedMs - wholeMs,
      endedMs,
      operation: k6OperationOf(tags),
      failure: k6FailureOf(tags),
      opensConnection: phases.http_req_connecting !== undefined,
      phases,
      isWarmup: tags.scenario === k6WarmupScenario,
    });
  }

  #take(metric: string, time: string, value: number, tags: K6Tags): void {
    const atMs = Date.parse(time);
    if (metric === k6StartMetric) this.#listener.started(atMs);
    else if (metric === 'http_req_duration') {
      this.end();
      this.#open = { time, endedMs: atMs, durationMs: value, tags, phases: {} };
    } else if (this.#open?.time === time && metric.startsWith('http_req_'))
      this.#addPhase(this.#open.phases, metric, value);
    else if (tags.scenario === k6WarmupScenario) return;
    else if (metric === 'dropped_iterations') this.#listener.dropped(atMs, value);
    else if (metric === 'checks' && tags.check !== undefined)
      this.#listener.checked(atMs, tags.operation ?? '', tags.check, value === 1);
    else if (metric === 'iteration_duration') {
      const journey = k6JourneyOf(tags, this.#journeys);
      // k6 does not report whether something failed in an iteration.
      if (journey !== undefined) this.#listener.iterationEnded(journey, atMs - value, atMs);
    }
  }

  #addPhase(phases: ToolRequest['phases'], metric: string, value: number): void {
    switch (metric) {
      case 'http_req_blocked':
      case 'http_req_waiting':
      case 'http_req_receiving':
      case 'http_req_connecting':
      case 'http_req_tls_handshaking':
        if (value > 0 || !isConnectionPhase(metric)) phases[metric] = value;
        return;
      case 'http_req_failed':
        this.end();
    }
  }
}
