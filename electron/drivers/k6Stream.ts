import { z } from 'zod';
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
type Tags = Readonly<Record<string, string>>;

/** The metric with which the driven script reports that the load begins. */
export const k6StartMetric = 'proofload_started';
/** The metric with the moment at which the load begins, in ms since 1970, where samples carry no time. */
export const k6StartedAtMetric = 'proofload_started_ms';
/** The k6 scenario of the warm-up. */
export const k6WarmupScenario = 'warmup';

/**
 * Ranges of k6's error codes for requests without a response, with their failure kinds (k6 documentation, "Error
 * codes").
 */
const failureKinds: readonly (readonly [from: number, to: number, kind: string])[] = [
  [1050, 1050, 'timeout'],
  [1100, 1199, 'host-unknown'],
  [1211, 1211, 'connection-timeout'],
  [1212, 1212, 'connection-refused'],
  [1220, 1220, 'connection-reset'],
  [1300, 1309, 'tls-failed'],
  [1310, 1399, 'certificate-invalid'],
];

/** The failure kind of a request, from its tags; undefined for a success. */
export function k6FailureOf({ expected_response, status = '0', error_code }: Tags): string | undefined {
  if (expected_response !== 'false') return undefined;
  if (status !== '0') return `status-${status}`;
  const code = Number(error_code);
  return failureKinds.find(([from, to]) => code >= from && code <= to)?.[2] ?? 'connection-failed';
}

/** A request whose samples are being collected. */
interface OpenRequest {
  time: string;
  endedMs: number;
  durationMs: number;
  tags: Tags;
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
      operation: tags.operation ?? tags.name ?? 'request',
      failure: k6FailureOf(tags),
      opensConnection: phases.http_req_connecting !== undefined,
      phases,
      isWarmup: tags.scenario === k6WarmupScenario,
    });
  }

  #take(metric: string, time: string, value: number, tags: Tags): void {
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
      const journey = tags.journey ?? (this.#journeys.length === 1 ? this.#journeys[0] : undefined);
      // k6 does not report whether something failed in an iteration.
      if (journey !== undefined) this.#listener.iterationEnded(journey, atMs - value, atMs);
    }
  }

  #addPhase(phases: ToolRequest['phases'], metric: string, value: number): void {
    switch (metric) {
      case 'http_req_blocked':
      case 'http_req_waiting':
      case 'http_req_receiving':
        phases[metric] = value;
        return;
      case 'http_req_connecting':
      case 'http_req_tls_handshaking':
        // 0 for a request on an open connection. These phases count per connection.
        if (value > 0) phases[metric] = value;
        return;
      case 'http_req_failed':
        this.end();
    }
  }
}
