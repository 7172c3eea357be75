import autocannon from 'autocannon';
import { errorMessage, ProofloadError } from '../../../shared/errors/appError';
import type { Clock } from '../clock';
import { Exchange } from '../http/exchange';
import type { DrivenOrigin } from '../http/httpClient';
import { visitTexts } from '../http/responseHead';
import type { HttpResponse } from '../http/responseParser';
import type { Recorder } from '../recorder';
import type { PlannedRequest, Workload } from '../workload/workload';
import type { Execution } from './executor';

export interface AutocannonOptions {
  clock: Clock;
  driven: DrivenOrigin;
  vus: number;
  workload: Workload;
  recorder: Recorder;
  startMs: number;
  totalMs: number;
  timeoutMs: number;
  onDraining(): void;
}

/** How often autocannon checks whether it was stopped. */
const sampleIntervalMs = 50;

/** Splits our request, which is text for the wire, into the parts that autocannon takes. */
function toAutocannonRequest({ wire }: PlannedRequest): autocannon.Request {
  const [requestLine = '', ...lines] = wire.head.trimEnd().split('\r\n');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon)] = line.slice(colon + 1).trim();
  }
  const path = requestLine.split(' ', 2)[1] ?? '/';
  const body = typeof wire.body === 'object' ? Buffer.concat(wire.body) : wire.body;
  return { method: wire.method, path, headers, ...(body === undefined ? {} : { body }) };
}

function toResponse(status: number, body: string, headers: Record<string, unknown>): HttpResponse {
  const lowered = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
  const values = (name: string): string[] => [lowered.get(name) ?? []].flat();
  return {
    status,
    headNumber: undefined,
    keepAlive: true,
    header: (name) => lowered.get(name),
    visitValues: (name, visit) => visitTexts(values(name), visit),
    values,
    headers: () => [...lowered],
    text: () => body,
    bytes: () => Buffer.from(body),
    get bodyBytes() {
      return Buffer.byteLength(body);
    },
    // autocannon does not report the length of the head.
    receivedBytes: 0,
  };
}

/**
 * The closed model with autocannon as the driver. Only its `response` event is used, whose times are fractions of a
 * millisecond; its own histograms, rates and corrections are not (MEASUREMENT section 3). After a lost connection
 * autocannon matches responses to the wrong requests, so the first loss ends the run with an error.
 */
export function runAutocannonVus(options: AutocannonOptions): Execution {
  const { clock, workload, recorder } = options;
  const { url, serverName } = options.driven;
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
    const exchange = new Exchange(() => {});
    let waiting = false;
    client.on('response', (_status, _bytes, responseMs) => {
      if (!waiting || !exchange.response || ended) return;
      waiting = false;
      exchange.endedMs = exchange.sentMs + responseMs;
      // autocannon does not report when the first byte came.
      exchange.firstByteMs = exchange.endedMs;
      recorder.completed(exchange, exchange.judge());
    });
    client.setRequests([
      {
        setupRequest: () => {
          if (waiting && !ended) lose('the server closed it');
          const request = workload.next();
          const sentMs = clock.nowMs();
          if (!ended) recorder.sent(sentMs, sentMs);
          exchange.begin(request, sentMs, sentMs);
          exchange.writtenMs = sentMs;
          waiting = true;
          return toAutocannonRequest(request);
        },
        onResponse: (status, body, _context, headers) => {
          exchange.response = toResponse(status, body, headers ?? {});
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
      url,
      ...(serverName === undefined ? {} : { servername: serverName }),
      connections: options.vus,
      // Our clock ends the load; autocannon's own duration is a safeguard.
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
