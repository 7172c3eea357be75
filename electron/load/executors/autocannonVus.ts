import autocannon from 'autocannon';
import { errorMessage, ProofloadError } from '../../../shared/errors/appError';
import { parseCacheStatus } from '../cacheStatus';
import type { Clock } from '../clock';
import type { Completion, Recorder } from '../recorder';
import type { PlannedRequest, Workload } from '../workload/workload';
import type { Execution } from './executor';

export interface AutocannonOptions {
  clock: Clock;
  origin: string;
  vus: number;
  workload: Workload;
  recorder: Recorder;
  startMs: number;
  totalMs: number;
  timeoutMs: number;
  onDraining(): void;
}

/** How often autocannon looks whether it was stopped. */
const sampleIntervalMs = 50;

type Judgement = Pick<Completion, 'failure' | 'cache' | 'serverTiming'>;

/** autocannon takes a request in parts; ours is written out for the wire. */
function toAutocannonRequest({ wire }: PlannedRequest): autocannon.Request {
  const [requestLine = '', ...lines] = wire.head.trimEnd().split('\r\n');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon)] = line.slice(colon + 1).trim();
  }
  const path = requestLine.split(' ', 2)[1] ?? '/';
  return { method: wire.method, path, headers, ...(wire.body === undefined ? {} : { body: wire.body }) };
}

function judge(request: PlannedRequest, status: number, body: string, headers: Record<string, unknown>): Judgement {
  const lowered = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
  return {
    failure: request.check({ status, header: (name) => lowered.get(name), text: () => body }),
    cache: parseCacheStatus(lowered.get('cache-status')),
    serverTiming: lowered.get('server-timing'),
  };
}

/**
 * The closed model with autocannon as the driver: only its `response` event is used, whose times are fractions of a
 * millisecond; its own histograms, rates and corrections are not (MEASUREMENT section 3). After a lost connection
 * autocannon matches answers to the wrong requests, so the first loss ends the run with an error.
 */
export function runAutocannonVus(options: AutocannonOptions): Execution {
  const { clock, workload, recorder } = options;
  let lost: ProofloadError | undefined;
  let ended = false;

  const lose = (reason: string): void => {
    lost ??= new ProofloadError(
      'load-failed',
      `autocannon lost a connection (${reason}), after which its figures are wrong`,
      'use the driver "proofload", which counts lost connections as failed requests',
    );
    end();
  };

  const setupClient = (client: autocannon.Client): void => {
    let current: { request: PlannedRequest; sentMs: number; judgement: Judgement | undefined } | undefined;
    client.on('response', (_status, _bytes, responseMs) => {
      if (!current?.judgement || ended) return;
      const { request, sentMs, judgement } = current;
      current = undefined;
      recorder.completed({
        operation: request.operation,
        intendedMs: sentMs,
        sentMs,
        endedMs: sentMs + responseMs,
        ...judgement,
      });
    });
    client.setRequests([
      {
        setupRequest: () => {
          if (current && !ended) lose('the server closed it');
          const request = workload.next();
          const sentMs = clock.nowMs();
          if (!ended) recorder.sent(sentMs, sentMs);
          current = { request, sentMs, judgement: undefined };
          return toAutocannonRequest(request);
        },
        onResponse: (status, body, _context, headers) => {
          if (current) current.judgement = judge(current.request, status, body, headers ?? {});
        },
      },
    ]);
  };

  let finish = (): void => {};
  let fail = (_error: unknown): void => {};
  const finished = new Promise<void>((resolve, reject) => {
    finish = resolve;
    fail = reject;
  });
  const instance = autocannon(
    {
      url: options.origin,
      connections: options.vus,
      // The end comes from our clock; autocannon's own is a safeguard.
      duration: Math.ceil(options.totalMs / 1000) + 60,
      timeout: options.timeoutMs / 1000,
      sampleInt: sampleIntervalMs,
      setupClient,
    },
    (error) => {
      recorder.abandonInFlight();
      const fault = lost ?? error;
      if (fault) fail(fault);
      else finish();
    },
  );
  instance.on('reqError', (error) => lose(errorMessage(error)));

  const end = (): void => {
    if (ended) return;
    ended = true;
    cancelWake();
    options.onDraining();
    instance.stop();
  };
  let cancelWake = (): void => {};
  cancelWake = clock.wakeAt(options.startMs + options.totalMs, end);

  return { stop: end, finished };
}
