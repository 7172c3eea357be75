import { describe, expect, it } from 'vitest';
import { slowestKept } from '../../shared/run/slowRequest';
import { httpResponse, plainWorkload } from '../../tests/support/factories';
import { Exchange } from './http/exchange';
import { Recorder } from './recorder';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';

interface Made {
  intendedMs: number;
  durationMs: number;
  failure?: string;
  headers?: Readonly<Record<string, string>>;
  isAnswered?: boolean;
}

/** Records a request that waited 1 ms to be sent, 2 ms for a connection, and 0.5 ms for the body. */
function complete(
  recorder: Recorder,
  { intendedMs, durationMs, failure, headers = {}, isAnswered = true }: Made,
): void {
  const exchange = new Exchange(() => {});
  recorder.sent(intendedMs, intendedMs + 1);
  exchange.begin(plainWorkload.next(), intendedMs, intendedMs + 1);
  exchange.writtenMs = intendedMs + 3;
  exchange.firstByteMs = intendedMs + durationMs - 0.5;
  exchange.endedMs = intendedMs + durationMs;
  if (isAnswered)
    exchange.response = httpResponse({ status: failure === undefined ? 200 : 503, header: (name) => headers[name] });
  recorder.completed(exchange, failure);
}

describe('the slowest requests of a load', () => {
  it('have their time from the beginning of the measured part, and where it went', () => {
    const recorder = new Recorder(1_000);
    complete(recorder, { intendedMs: 1_250, durationMs: 40 });
    expect(recorder.slowest).toEqual([
      {
        operation: 'read',
        startMs: 250,
        durationMs: 40,
        sendLatenessMs: 1,
        blockedMs: 2,
        waitingMs: 36.5,
        receivingMs: 0.5,
        status: 200,
      },
    ]);
  });

  it('are those that took longest, and as many as are kept', () => {
    const recorder = new Recorder(0);
    const durations = Array.from({ length: 500 }, (_, place) => 10 + ((place * 97) % 500));
    for (const [place, durationMs] of durations.entries()) complete(recorder, { intendedMs: place, durationMs });
    const kept = recorder.slowest.map(({ durationMs }) => durationMs).sort((a, b) => b - a);
    expect(kept).toEqual([...durations].sort((a, b) => b - a).slice(0, slowestKept));
  });

  it('are kept over flushes, and without those of the warm-up', () => {
    const recorder = new Recorder(100);
    complete(recorder, { intendedMs: 50, durationMs: 900 });
    complete(recorder, { intendedMs: 150, durationMs: 9 });
    recorder.flush(false);
    recorder.flush(true);
    complete(recorder, { intendedMs: 160, durationMs: 8 });
    expect(recorder.slowest.map(({ durationMs }) => durationMs)).toEqual([9, 8]);
  });

  it('are failed ones too where they were answered, with the kind', () => {
    const recorder = new Recorder(0);
    complete(recorder, { intendedMs: 0, durationMs: 50, failure: 'status-503' });
    complete(recorder, { intendedMs: 0, durationMs: 60_000, failure: 'timeout', isAnswered: false });
    expect(recorder.slowest).toMatchObject([{ durationMs: 50, status: 503, failure: 'status-503' }]);
  });

  it.each([
    ['traceresponse', { traceresponse: `00-${traceId}-00f067aa0ba902b7-01` }, traceId],
    ['traceparent', { traceparent: `00-${traceId}-00f067aa0ba902b7-01` }, traceId],
    ['something else', { traceresponse: 'secret-4bf92f3577b34da6a3ce929d0e0e4736-1' }, undefined],
  ])('have the trace of an answer with %s', (_what, headers, expected) => {
    const recorder = new Recorder(0);
    complete(recorder, { intendedMs: 0, durationMs: 50, headers });
    expect(recorder.slowest[0]?.traceId).toBe(expected);
  });
});
