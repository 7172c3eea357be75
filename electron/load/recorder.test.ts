import { describe, expect, it } from 'vitest';
import { httpResponse, plainWorkload } from '../../tests/support/factories';
import { Exchange } from './http/exchange';
import { Recorder } from './recorder';

/** Records a request of the only operation of the plain workload. */
function complete(recorder: Recorder, intendedMs: number, endedMs: number, failure?: string): void {
  const exchange = new Exchange(() => {});
  recorder.sent(intendedMs, intendedMs);
  exchange.begin(plainWorkload.next(), intendedMs, intendedMs);
  exchange.writtenMs = intendedMs;
  exchange.firstByteMs = endedMs;
  exchange.endedMs = endedMs;
  exchange.response = httpResponse();
  recorder.completed(exchange, failure);
}

describe('Recorder', () => {
  it('keeps failures by kind of the whole, of each operation and of each stage, and drops by stage', () => {
    const recorder = new Recorder(0, [
      { name: '0', endMs: 100 },
      { name: '1', endMs: 200 },
    ]);
    complete(recorder, 10, 20, 'timeout');
    complete(recorder, 110, 120, 'timeout');
    complete(recorder, 120, 130, 'status-503');
    complete(recorder, 130, 140);
    recorder.dropped(150, 2);
    const counts = recorder.flush(false);
    expect(counts.failures).toEqual({ timeout: 2, 'status-503': 1 });
    expect(counts.errorsByOperation).toEqual({ read: { timeout: 2, 'status-503': 1 } });
    expect(counts.stages['0']).toMatchObject({ failures: { timeout: 1 }, dropped: 0, response: { count: 0 } });
    expect(counts.stages['1']).toMatchObject({
      failures: { timeout: 1, 'status-503': 1 },
      dropped: 2,
      response: { count: 1 },
    });
    const next = recorder.flush(false);
    expect([next.failures, next.errorsByOperation, next.dropped]).toEqual([{}, {}, 0]);
    expect(next.stages['1']).toMatchObject({ failures: {}, dropped: 0 });
  });

  it('keeps drops by scenario, of runs with several', () => {
    const recorder = new Recorder(0);
    recorder.dropped(10, 2, 'buy');
    recorder.dropped(20, 1, 'buy');
    recorder.dropped(20, 0, 'browse');
    expect(recorder.flush(false)).toMatchObject({ dropped: 3, droppedByScenario: { buy: 3 } });
    recorder.dropped(30);
    const next = recorder.flush(false);
    expect(next.dropped).toBe(1);
    expect(next).not.toHaveProperty('droppedByScenario');
  });

  it('has no lateness of users without a schedule, and counts all else of them', () => {
    const recorder = new Recorder(0);
    complete(recorder, 10, 20);
    const users = recorder.withoutSchedule();
    users.sent(30, 30);
    expect(recorder.inFlight).toBe(1);
    const exchange = new Exchange(() => {});
    exchange.begin(plainWorkload.next(), 30, 30);
    exchange.endedMs = 50;
    users.completed(exchange, 'timeout');
    expect(recorder.inFlight).toBe(0);
    const { sent, lateness, failures } = recorder.flush(false);
    expect([sent, lateness.count, failures]).toEqual([2, 1, { timeout: 1 }]);
  });

  it('counts what ended after the load as late, and knows when the last answer came', () => {
    const recorder = new Recorder(0, [], 1_000);
    complete(recorder, 900, 990);
    complete(recorder, 990, 1_010);
    complete(recorder, 995, 9_000, 'timeout');
    expect(recorder.flush(false)).toMatchObject({ late: 2, lateFailed: 1 });
    expect(recorder.lastAnsweredMs).toBe(1_010);
    expect(recorder.flush(false)).toMatchObject({ late: 0, lateFailed: 0 });
  });

  it('takes what is in flight when a load is stopped as late', () => {
    const recorder = new Recorder(0, [], 1_000);
    recorder.endEarly(500);
    complete(recorder, 490, 510);
    expect(recorder.flush(false).late).toBe(1);
  });
});
