import { describe, expect, it } from 'vitest';
import { plainLoadSchema } from '../../shared/scenario/schema';
import { planLoad } from './loadPlan';
import { LoadSpan } from './loadSpan';

const warmupMs = 1_000;

function planOf(load: Record<string, unknown>) {
  return planLoad({ load: plainLoadSchema.parse(load), warmupMs, seed: 1, shard: { index: 0, count: 1 } });
}

const open = () =>
  planOf({ executor: 'constant-arrival-rate', rate: 1, duration: '10s', preAllocatedVUs: 1, maxVUs: 1 });
const closed = () => planOf({ executor: 'constant-vus', vus: 2, duration: '10s' });
const shared = () => planOf({ executor: 'shared-iterations', vus: 2, iterations: 3, maxDuration: '1m' });

const spanOf = (plan: ReturnType<typeof planOf>) => new LoadSpan({ plan, warmupMs });

describe('LoadSpan', () => {
  it('is as long as planned, however long a last answer is awaited, also when the last arrival was before', () => {
    const arrivals = spanOf(open());
    arrivals.noteEnd(10_200);
    expect(arrivals.measuredMs(40_000)).toBe(10_000);
    const users = spanOf(closed());
    users.noteEnd(11_004);
    expect(users.measuredMs(40_000)).toBe(10_000);
  });

  it('is as long as until it was stopped or came to a fault; one that had ended is not shortened', () => {
    const stopped = spanOf(open());
    expect(stopped.endEarly(4_000)).toBe(true);
    stopped.noteEnd(4_000);
    expect(stopped.endEarly(5_000)).toBe(false);
    expect(stopped.measuredMs(20_000)).toBe(3_000);
    const ended = spanOf(closed());
    ended.noteEnd(11_001);
    expect(ended.endEarly(12_000)).toBe(false);
    expect(ended.measuredMs(12_000)).toBe(10_000);
    const duringWarmup = spanOf(open());
    duringWarmup.endEarly(500);
    expect(duringWarmup.measuredMs(0)).toBe(0);
  });

  it('ends fixed work with its last answer, and never with a request that had none', () => {
    const plan = shared();
    const budget = plan.model === 'closed' ? plan.budget : undefined;
    const span = spanOf(plan);
    expect(span.measuredMs(1_500)).toBe(60_000);
    for (let iteration = 0; iteration < 3; iteration += 1) budget?.take(0);
    // The last user ended 30 s later, because its request timed out.
    span.noteEnd(32_000);
    expect(span.measuredMs(2_000)).toBe(1_000);
    // Without a response, or with responses only in the warm-up, the measured part lasts until the end.
    expect(span.measuredMs(0)).toBe(31_000);
    expect(span.measuredMs(900)).toBe(31_000);
  });

  it('tells ticks in which only last answers are awaited', () => {
    const span = spanOf(open());
    const tick = (fromMs: number, toMs: number) => ({ elapsedMs: toMs, durationMs: toMs - fromMs });
    expect(span.isDraining(tick(10_500, 10_999.6), 10_000)).toBe(false);
    expect(span.isDraining(tick(10_999.6, 11_250), 11_200)).toBe(true);

    const plan = shared();
    const budget = plan.model === 'closed' ? plan.budget : undefined;
    const work = spanOf(plan);
    for (let iteration = 0; iteration < 3; iteration += 1) budget?.take(0);
    expect(work.isDraining(tick(1_000, 1_250), 1_200)).toBe(false);
    expect(work.isDraining(tick(1_250, 1_500), 1_400)).toBe(false);
    // The last iterations take long and are still in progress.
    expect(work.isDraining(tick(1_500, 1_750), 1_400)).toBe(false);
    expect(work.isDraining(tick(1_750, 2_000), 1_900)).toBe(false);
    // The last user gives up: no work was done in this tick, nor in those that follow.
    work.noteEnd(2_100);
    expect(work.isDraining(tick(2_000, 2_250), 1_900)).toBe(true);
    expect(work.isDraining(tick(2_250, 2_500), 1_900)).toBe(true);
  });
});
