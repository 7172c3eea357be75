import { describe, expect, it } from 'vitest';
import type { RunInterval } from '../../shared/run/metrics';
import type { Growth } from '../../shared/statistics/growth';
import { seededRandom } from '../../shared/statistics/random';
import { evaluateRules, type KnownGrowth, type ThresholdResult } from '../../shared/thresholds/evaluate';
import { histogramOfMs, level, runInterval } from '../../tests/support/factories';
import { metricSource } from './metricSource';
import { memoryGrowth, percentileGrowth } from './runGrowth';
import { RunSlices } from './runSlices';
import { RunTotals } from './runTotals';

/** Half an hour, as in level 6. */
const soakSeconds = 1_800;

/** The seconds of a target, with its resident memory by second, and its heap if it reports that. */
function withMemory(
  residentMb: (second: number) => number | null,
  seconds = soakSeconds,
  heapMb: (second: number) => number | null = () => null,
): RunInterval[] {
  return Array.from({ length: seconds }, (_, index) =>
    runInterval({ t: index + 1, targetRssMb: residentMb(index + 1), targetHeapMb: heapMb(index + 1) }),
  );
}

/** Returns a growth that must be known. */
function known(growth: KnownGrowth | undefined): Growth {
  if (growth === undefined || growth === 'too-short') throw new Error('no growth is known');
  return growth;
}

/** The shape of memory under garbage collection: it fills over a period and then falls. */
function sawtooth(second: number, periodSeconds: number, heightMb: number): number {
  return (heightMb * (second % periodSeconds)) / periodSeconds;
}

/** How level 6 judges the memory of a run. */
function judged(intervals: readonly RunInterval[]): ThresholdResult | undefined {
  const totals = new RunTotals(level('level-6'));
  totals.intervals.push(...intervals);
  const source = metricSource(totals, soakSeconds * 1_000, { checked: 1, violations: 0, lostWrites: 0 });
  return evaluateRules(
    totals.rules.filter(({ metric }) => metric === 'target_memory'),
    source,
  )[0];
}

describe('the memory of a target in a soak', () => {
  // As observed for the built-in service: pages are returned every six minutes, and the heap is collected more often.
  const resident = (second: number): number => 135 + sawtooth(second, 370, 65);
  const heap = (second: number): number => 35 + sawtooth(second, 20, 30);

  it('passes when only pages come and go, and inserted documents are held', () => {
    const result = judged(withMemory(resident, soakSeconds, (second) => heap(second) + (28 * second) / soakSeconds));
    expect(result).toMatchObject({ ok: true, status: 'passed' });
    expect(result?.value).toBeGreaterThan(0.1);
    expect(result?.high).toBeLessThan(0.2);
  });

  it('fails when the heap holds half of the resident memory more at the end, whatever pages do', () => {
    const leakMb = (second: number): number => (75 * second) / soakSeconds;
    const leaking = withMemory(
      (second) => resident(second) + leakMb(second),
      soakSeconds,
      (second) => heap(second) + leakMb(second),
    );
    expect(judged(leaking)).toMatchObject({ ok: false, status: 'failed' });
  });
  it.each([7, 45, 180, 300])('fails when half as much again leaks under collections every %d s', (periodSeconds) => {
    const leaking = withMemory((second) => 100 + (50 * second) / soakSeconds + sawtooth(second, periodSeconds, 25));
    const result = judged(leaking);
    expect(result).toMatchObject({ metric: 'target_memory', ok: false, status: 'failed' });
    expect(result?.low).toBeGreaterThan(0.25);
    expect(result?.value).toBeCloseTo(45 / 115, 1);
  });

  it.each([7, 45, 180, 300])('passes when it only fills and falls, every %d s', (periodSeconds) => {
    const steady = withMemory((second) => 100 + sawtooth(second, periodSeconds, 40));
    expect(judged(steady)).toMatchObject({ ok: true, status: 'passed' });
  });

  it('passes when it fills its caches at the start and then stays', () => {
    const filling = withMemory((second) => 80 + 60 * Math.min(1, second / 150) + sawtooth(second, 20, 10));
    expect(judged(filling)).toMatchObject({ ok: true, status: 'passed' });
  });

  it('is that of the run behind its first tenth', () => {
    const filled = withMemory((second) => (second <= 180 ? second / 2 : 140 + second / 100));
    expect(known(memoryGrowth(filled)).value).toBeCloseTo((140 + 18) / (140 + 1.8) - 1, 2);
  });

  it('is not failed by noise in a short run', () => {
    for (let seed = 1; seed <= 50; seed += 1) {
      const random = seededRandom(seed);
      let walkMb = 100;
      const noisy = withMemory(() => {
        walkMb += 4 * (random() - 0.5);
        return walkMb + 20 * random();
      }, 90);
      expect(judged(noisy)?.status).not.toBe('failed');
    }
  });

  it('is left out where it is not known, and undecided in a run that is too short for a trend', () => {
    expect(judged(withMemory(() => null))).toBeUndefined();
    expect(judged(withMemory((second) => 100 + second, 60))).toMatchObject({
      value: null,
      ok: false,
      status: 'undecided',
    });
  });
});

/** A run of the length of level 6 with a latency that depends on the second, plus the variation of hardware. */
function slicesOf(latencyMs: (second: number) => number): RunSlices {
  const random = seededRandom(11);
  const slices = new RunSlices();
  for (let second = 1; second <= soakSeconds; second += 1) {
    const responses = Array.from({ length: 20 }, () => latencyMs(second) * (0.8 + 0.4 * random()));
    slices.add(second, [histogramOfMs(...responses)]);
  }
  return slices;
}

describe('the growth of a percentile', () => {
  it('is found over half an hour, and none where there is none', () => {
    const growing = known(
      percentileGrowth(
        slicesOf((second) => 10 + (10 * second) / soakSeconds),
        95,
      ),
    );
    expect(growing.value).toBeCloseTo(0.8, 1);
    expect(growing.low).toBeGreaterThan(0.5);
    const steady = known(
      percentileGrowth(
        slicesOf(() => 10),
        95,
      ),
    );
    expect(Math.abs(steady.value)).toBeLessThan(0.05);
    expect(steady.high).toBeLessThan(0.1);
  });

  it('of a fraction of a millisecond is relative to one', () => {
    const growth = known(
      percentileGrowth(
        slicesOf((second) => 0.2 + (0.3 * second) / soakSeconds),
        95,
      ),
    );
    expect(growth.value).toBeLessThan(0.4);
  });

  it('is not known from slices with too few requests', () => {
    const slices = new RunSlices();
    for (let second = 1; second <= soakSeconds; second += 1)
      if (second % 60 === 0) slices.add(second, [histogramOfMs(5)]);
    expect(percentileGrowth(slices, 95)).toBe('too-short');
  });
});
