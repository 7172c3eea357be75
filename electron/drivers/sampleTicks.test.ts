import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainLoadSchema } from '../../shared/scenario/schema';
import { LatencyHistogram } from '../../shared/statistics/latencyHistogram';
import { planLoad } from '../load/loadPlan';
import type { LoadTick } from '../load/protocol';
import { wholeLoad } from '../load/schedule/shard';
import { holdBackMs, SampleTicks } from './sampleTicks';
import type { ToolRequest } from './toolEvents';

/** The times of tools are those of the wall clock. */
const epochMs = Date.UTC(2026, 0, 1);

function ticksOf(load: object, warmupMs = 0, options: { tellsSends?: boolean; hasJourneys?: boolean } = {}) {
  const plan = planLoad({ load: plainLoadSchema.parse(load), warmupMs, seed: 1, shard: wholeLoad });
  const ticks: LoadTick[] = [];
  const onTick = (tick: LoadTick): void => {
    ticks.push(tick);
  };
  const { tellsSends = false, hasJourneys = false } = options;
  return { ticks, samples: new SampleTicks({ plan, warmupMs, tellsSends, hasJourneys, onTick }) };
}

const rate = { executor: 'constant-arrival-rate', rate: 10, duration: '2s' };

function request(startedMs: number, endedMs: number, more: Partial<ToolRequest> = {}): ToolRequest {
  const times = { startedMs: epochMs + startedMs, endedMs: epochMs + endedMs };
  return { ...times, operation: 'read', failure: undefined, opensConnection: false, phases: {}, ...more };
}

function countOf({ response, failures }: LoadTick): number {
  const answered = Object.values(response).reduce((sum, { count }) => sum + count, 0);
  return answered + Object.values(failures).reduce((sum, count) => sum + count, 0);
}

describe('samples of tools as ticks', () => {
  it('are counted where they ended, apart from the warm-up, and late ones beside the rate', () => {
    const { ticks, samples } = ticksOf(rate, 500);
    const listener = samples.listener();
    listener.started(epochMs);
    listener.ended(request(100, 120));
    listener.ended(request(400, 700));
    listener.ended(request(600, 700, { failure: 'status-503' }));
    listener.ended(request(2_400, 2_900));
    samples.finish(false);
    expect(ticks.map(({ index }) => index)).toEqual(Array.from({ length: ticks.length }, (_, at) => at - 1));
    expect(ticks.map(({ durationMs }) => durationMs)).toEqual(ticks.map(() => 250));
    expect(ticks.filter(({ warmup }) => warmup).map(countOf)).toEqual([1, 1]);
    const measured = ticks.filter(({ warmup }) => !warmup);
    expect(measured[0]).toMatchObject({ index: 1, failures: { 'status-503': 1 } });
    expect(measured.at(-1)).toMatchObject({ late: 1, lateFailed: 0, draining: true, asked: 0 });
    expect(ticks.reduce((sum, { asked }) => sum + (asked ?? 0), 0)).toBe(25);
  });

  it('belong to the warm-up or not as the tool says, whatever their time is', () => {
    const { ticks, samples } = ticksOf(rate, 500, { tellsSends: true, hasJourneys: true });
    const listener = samples.listener();
    listener.started(epochMs);
    listener.sent(epochMs + 499, false);
    listener.iterationBegan('buy', epochMs + 499, false);
    listener.ended(request(499, 499.5, { isWarmup: false }));
    listener.iterationEnded('buy', epochMs + 499, epochMs + 499.5, { times: 1, isWarmup: false });
    listener.iterationBegan('buy', epochMs + 499, false);
    listener.sent(epochMs + 501, true);
    listener.iterationBegan('buy', epochMs + 501, true);
    listener.ended(request(501, 502, { isWarmup: true }));
    samples.finish(false);
    const measured = ticks.filter(({ warmup }) => !warmup);
    expect(ticks.filter(({ warmup }) => warmup).map(countOf)).toEqual([0, 1]);
    expect(measured.map(countOf)).toEqual([1]);
    expect(measured[0]).toMatchObject({ sent: 1, inFlight: 0 });
    expect(measured[0]?.journeys?.iterations).toEqual({ buy: { completed: 1, failed: 1, interrupted: 0 } });
  });

  it('of a warm-up that is over count no more, and are under way no longer than they are', () => {
    const { ticks, samples } = ticksOf(rate, 500, { tellsSends: true });
    const listener = samples.listener();
    listener.started(epochMs);
    listener.sent(epochMs + 400);
    samples.advance(epochMs + holdBackMs + 750);
    listener.sent(epochMs + 450);
    samples.advance(epochMs + holdBackMs + 1_000);
    listener.ended(request(400, 1_700));
    listener.ended(request(450, 1_700));
    samples.advance(epochMs + holdBackMs + 1_250);
    expect(ticks.map(({ inFlight }) => inFlight)).toEqual([0, 1, 1, 2, 0]);
    expect(ticks.map(countOf)).toEqual([0, 0, 0, 0, 0]);
  });

  it('say of nothing that it is zero which tools do not tell', () => {
    const { ticks, samples } = ticksOf(rate);
    const listener = samples.listener();
    listener.started(epochMs);
    listener.ended(request(0, 10));
    samples.finish(false);
    expect(ticks[0]).toMatchObject({ inFlight: null, utilisation: null, gcMs: null, gcMaxMs: null, loopDelayMs: null });
    expect(ticks[0]?.lateness.count).toBe(0);
    expect(ticks[0]?.connections.connect.count).toBe(0);
  });

  it('wait for what is still on its way, and lose nothing of what comes later', () => {
    const { ticks, samples } = ticksOf(rate);
    const listener = samples.listener();
    listener.started(epochMs);
    samples.advance(epochMs + holdBackMs + 249);
    expect(ticks).toEqual([]);
    listener.ended(request(10, 20));
    samples.advance(epochMs + holdBackMs + 500);
    expect(ticks.map(countOf)).toEqual([1, 0]);
    listener.ended(request(10, 30));
    samples.advance(epochMs + holdBackMs + 750);
    expect(ticks.map(countOf)).toEqual([1, 0, 1]);
  });

  it('have how many requests are under way where tools tell the send, and iterations that never ended', () => {
    const { ticks, samples } = ticksOf(rate, 0, { tellsSends: true, hasJourneys: true });
    const listener = samples.listener();
    listener.started(epochMs);
    for (const atMs of [10, 20, 30]) {
      listener.iterationBegan('buy', epochMs + atMs);
      listener.sent(epochMs + atMs);
    }
    listener.ended(request(10, 100));
    listener.iterationEnded('buy', epochMs + 10, epochMs + 100);
    listener.ended(request(20, 300));
    listener.checked(epochMs + 300, 'read', 'is right', false);
    samples.finish(false);
    expect(ticks.map(({ inFlight }) => inFlight).slice(0, 2)).toEqual([2, 1]);
    expect(ticks.map(({ sent }) => sent).slice(0, 2)).toEqual([3, 0]);
    expect(ticks[0]?.journeys?.iterations).toEqual({ buy: { completed: 1, failed: 0, interrupted: 0 } });
    expect(ticks[1]?.journeys?.steps.read?.checks).toEqual({ 'is right': { passes: 0, fails: 1 } });
    expect(ticks.at(-1)?.journeys?.iterations.buy?.failed).toBe(2);
  });

  it('of several processes are one load, each from its own start, whose percentiles are those of all requests', () => {
    const part = fc.record({
      behindMs: fc.integer({ min: 0, max: 900 }),
      latencies: fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 60 }),
    });
    fc.assert(
      fc.property(fc.array(part, { minLength: 2, maxLength: 4 }), (parts) => {
        const { ticks, samples } = ticksOf(rate);
        const all = new LatencyHistogram();
        const first = Math.min(...parts.map(({ behindMs }) => behindMs));
        for (const { behindMs, latencies } of [...parts].sort((a, b) => a.behindMs - b.behindMs)) {
          const listener = samples.listener();
          listener.started(epochMs + behindMs - first);
          for (const [index, latencyMs] of latencies.entries()) {
            const startedMs = behindMs - first + index * 20;
            all.record(latencyMs * 1_000);
            listener.ended(request(startedMs, startedMs + latencyMs));
          }
        }
        samples.finish(false);
        const merged = new LatencyHistogram();
        for (const { response } of ticks) if (response.read) merged.mergeSparse(response.read);
        expect(merged.count).toBe(all.count);
        for (const percentile of [50, 90, 99])
          expect(merged.percentileUs(percentile)).toBe(all.percentileUs(percentile));
        // A process that begins later makes the same share of the schedule.
        expect(ticks.filter((tick) => !tick.draining && tick.index > 8)).toEqual([]);
      }),
    );
  });

  it('belong to the stage that began them', () => {
    const stages = [
      { duration: '1s', target: 10 },
      { duration: '1s', target: 0 },
    ];
    const { ticks, samples } = ticksOf({ executor: 'ramping-arrival-rate', startRate: 1, stages });
    const listener = samples.listener();
    listener.started(epochMs);
    listener.ended(request(990, 1_100));
    listener.ended(request(1_010, 1_100, { failure: 'timeout' }));
    samples.finish(false);
    const { stages: counted } = ticks.find((tick) => countOf(tick) > 0) ?? {};
    expect(counted?.['0']?.response.count).toBe(1);
    expect(counted?.['1']?.failures).toEqual({ timeout: 1 });
  });

  it('are late where the load was stopped', () => {
    const { ticks, samples } = ticksOf(rate);
    const listener = samples.listener();
    listener.started(epochMs);
    samples.endEarly(epochMs + 1_000);
    listener.ended(request(900, 1_100));
    samples.finish(true);
    expect(ticks.at(-1)).toMatchObject({ late: 1 });
    expect(ticks.reduce((sum, { asked }) => sum + (asked ?? 0), 0)).toBe(10);
  });
});
