import { describe, expect, it } from 'vitest';
import type { RunInterval } from '../../shared/run/metrics';
import { rulesOf, type Thresholds } from '../../shared/thresholds/rules';
import { histogramOfMs, runInterval } from '../../tests/support/factories';
import type { RecordedSecond } from './recordedSecond';
import { SecondsJudge } from './secondsJudge';

/** A second with the given response times in ms, by name if they belong to several operations. */
function second(t: number, latencies: number[] | Record<string, number[]>, changes: Partial<RunInterval> = {}) {
  const named = Array.isArray(latencies) ? { read: latencies } : latencies;
  const count = Object.values(named).reduce((sum, { length }) => sum + length, 0) + (changes.failed ?? 0);
  const none = histogramOfMs();
  return {
    interval: runInterval({ t, count, rate: count, asked: count, sent: count, ...changes }),
    response: new Map(Object.entries(named).map(([name, ms]) => [name, histogramOfMs(...ms)])),
    service: none,
    lateness: none,
    stages: new Map(),
    phases: new Map(),
    serverTiming: new Map(),
    parts: new Map(),
  } satisfies RecordedSecond;
}

function held(thresholds: Thresholds, seconds: readonly RecordedSecond[]) {
  const [rule] = rulesOf(thresholds);
  if (!rule) throw new Error('there is no rule');
  const judge = new SecondsJudge([rule], 10);
  for (const one of seconds) judge.add(one);
  return judge.secondsHeld(rule);
}

const latency: Thresholds = { http_req_duration: ['seconds(p(95)<50)>=0.95'] };

describe('SecondsJudge', () => {
  it('counts the seconds in which a bound held, and none after the end', () => {
    const seconds = [second(1, [8]), second(2, [80]), second(3, [8], { isDraining: true }), second(11, [8])];
    expect(held(latency, seconds)).toEqual({ count: 1, of: 2 });
  });

  it('takes a second in which nothing was asked for as evidence of nothing', () => {
    expect(held(latency, [second(1, [8]), second(2, []), second(3, [8])])).toEqual({ count: 2, of: 2 });
    // A user that waits for a response has asked for one.
    const waiting = second(2, [], { asked: null, inFlight: 5 });
    expect(held(latency, [second(1, [8]), waiting, second(3, [80])])).toEqual({ count: 1, of: 3 });
  });

  it('takes a second in which users wait as asked, also beside a schedule that asks for nothing', () => {
    const [rule] = rulesOf(latency);
    if (!rule) throw new Error('there is no rule');
    const heldOf = (hasUsers: boolean) => {
      const judge = new SecondsJudge([rule], 10, undefined, hasUsers);
      judge.add(second(1, [8]));
      judge.add(second(2, [], { asked: 0, sent: 0, inFlight: 5 }));
      return judge.secondsHeld(rule);
    };
    expect([heldOf(false), heldOf(true)]).toEqual([
      { count: 1, of: 1 },
      { count: 1, of: 2 },
    ]);
  });

  it('takes a second that asked and had no answer as one that did not hold', () => {
    const frozen = (t: number, inFlight: number) => second(t, [], { asked: 100, sent: 100, inFlight });
    expect(held(latency, [second(1, [8]), frozen(2, 100)])).toEqual({ count: 1, of: 2 });
    expect(held(latency, [second(1, [8]), frozen(2, 100), frozen(3, 200), second(4, [900])])).toEqual({
      count: 1,
      of: 4,
    });
    // The request of the silent second still waits while others get responses.
    expect(held(latency, [frozen(2, 1), second(3, [8], { inFlight: 1 })])).toEqual({ count: 1, of: 2 });
  });

  it('forgives a second whose requests came just before its end and were answered in the next', () => {
    const justBefore = second(2, [], { asked: 1, sent: 1, inFlight: 1 });
    expect(held(latency, [second(1, [8]), justBefore, second(3, [8, 8])])).toEqual({ count: 2, of: 2 });
    expect(held(latency, [second(1, [8]), justBefore, second(3, [80, 8])])).toEqual({ count: 1, of: 3 });
    expect(held(latency, [second(1, [8]), justBefore, second(4, [8, 8])])).toEqual({ count: 2, of: 3 });
  });

  it('takes only failures as not held, and judges an operation by the seconds that asked for it', () => {
    const failing = second(2, [], { failed: 3, errorsByOperation: { read: { timeout: 3 } } });
    expect(held(latency, [second(1, [8]), failing])).toEqual({ count: 1, of: 2 });
    const seconds = [second(1, { read: [8], write: [90] }), second(2, { write: [90] }), failing];
    expect(held({ 'http_req_duration{operation:read}': ['seconds(p(95)<50)>0.9'] }, seconds)).toEqual({
      count: 1,
      of: 2,
    });
    expect(held({ 'http_req_failed{operation:read}': ['seconds(rate<0.01)>0.9'] }, seconds)).toEqual({
      count: 1,
      of: 2,
    });
  });

  it('judges throughput in a second without an answer as none', () => {
    const frozen = second(2, [], { asked: 100, sent: 100, inFlight: 100 });
    expect(held({ http_reqs: ['seconds(rate>=2)>0.9'] }, [second(1, [8, 8]), frozen])).toEqual({ count: 1, of: 2 });
  });
});
