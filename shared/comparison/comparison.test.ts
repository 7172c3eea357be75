import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { histogramOfMs, importedResult, runDocument, runInterval } from '../../tests/support/factories';
import type { Noise } from '../experiment/experiment';
import type { StoredRun } from '../interchange/storedRun';
import { seededRandom } from '../statistics/random';
import { studentT } from '../statistics/studentT';
import type { ComparedRun } from './comparison';
import { deltasOf } from './deltas';
import { BinCounts, binCount, binsOf, percentilePoints } from './distribution';
import { type Comparability, comparabilityOf, guard } from './guard';
import { noiseLimit, noiseOfRuns, type RunFigures, ratioInterval } from './runNoise';
import { folded, pointsOfResult, pointsOfRun } from './timeline';

function stored(overrides: Parameters<typeof runDocument>[0] = {}): StoredRun {
  return { kind: 'run', document: runDocument({ verdict: 'passed', ...overrides }) };
}

function compared(p95: number | null): ComparedRun {
  const figures = { throughput: 200, p50: 1, p95, p99: 10 };
  return {
    id: 'run',
    name: 'run',
    state: 'passed',
    startedAt: '2026-01-01T00:00:00.000Z',
    origin: null,
    scenario: 'Target',
    target: 'memory',
    latency: { starts: 'intended', ends: 'last-byte', resolution: '', includesFailures: false },
    count: 4_000,
    failures: { count: 0, of: 4_000 },
    figures,
    judged: figures,
    mean: null,
    max: null,
    failedRate: 0,
    cacheHitRate: null,
    timeline: [],
    distribution: [],
    shares: null,
    heatmap: null,
  };
}

/** Draws from a standard normal distribution (Box and Muller). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function figures(random: () => number, deviation: number): RunFigures {
  const value = (at: number): number => at * Math.exp(normal(random) * deviation);
  return { throughput: value(200), p50: value(1), p95: value(5), p99: value(9) };
}

describe("a machine's noise", () => {
  it('is not known of fewer than four runs', () => {
    const random = seededRandom(1);
    const runs = Array.from({ length: 4 }, () => figures(random, 0.02));
    expect(noiseOfRuns(runs.slice(1))).toBeUndefined();
    expect(noiseOfRuns(runs)?.pairs).toBe(3);
  });

  it('is the deviation of pairs of runs, also of a machine that drifts', () => {
    const random = seededRandom(2);
    const runs = Array.from({ length: 2_000 }, (_, index) => {
      const run = figures(random, 0.03);
      return { ...run, p95: run.p95 * Math.exp(index * 0.001) };
    });
    // Two runs with 3 % each: the root of twice the square.
    expect(noiseOfRuns(runs)?.deviation.p95).toBeCloseTo(0.03 * Math.SQRT2, 2);
  });

  it('makes intervals that hold the truth in 92 to 99 % of comparisons, from few runs or many', () => {
    for (const others of [5, 12, 30]) {
      const random = seededRandom(others);
      let held = 0;
      const times = 2_000;
      for (let time = 0; time < times; time += 1) {
        const noise = noiseOfRuns(Array.from({ length: others }, () => figures(random, 0.03)));
        if (!noise) throw new Error('no noise');
        const ratio = (figures(random, 0.03).p95 / figures(random, 0.03).p95) * 1.1;
        const { low, high } = ratioInterval(ratio, noise, 'p95');
        if (low <= 1.1 && high >= 1.1) held += 1;
        expect(noiseLimit(noise, 'p95')).toBeLessThan(high / ratio);
      }
      // Neighbouring differences share a run, so they carry slightly less information than independent ones.
      expect(held / times).toBeGreaterThan(0.92);
      expect(held / times).toBeLessThan(0.99);
    }
  });

  it("uses Student's t", () => {
    expect(studentT(0.975, 3)).toBe(3.182);
    // Abramowitz and Stegun, table 26.10.
    expect(studentT(0.975, 12)).toBeCloseTo(2.179, 2);
    expect(studentT(0.975, 30)).toBeCloseTo(2.042, 2);
    expect(studentT(0.95, 20)).toBeCloseTo(1.725, 2);
  });
});

describe('runs against the baseline', () => {
  const noise = { pairs: 20, deviation: { throughput: 0.01, p50: 0.03, p95: 0.03, p99: 0.05 } };
  const comparable: Comparability = { all: undefined, latency: undefined };
  const p95Of = (value: number | null, known = noise, may = comparable) =>
    deltasOf(compared(5), compared(value), 1, may, known)[2];

  it('are better, worse or alike when the noise of the machine can not explain it', () => {
    expect(p95Of(10)).toMatchObject({ metric: 'p95', outcome: 'worse', ratio: 2, reason: null });
    expect(p95Of(4)).toMatchObject({ outcome: 'better' });
    expect(p95Of(5.1)).toMatchObject({ outcome: 'unknown' });
    const quiet = { pairs: 20, deviation: { ...noise.deviation, p95: 0.002 } };
    expect(p95Of(5.01, quiet)).toMatchObject({ outcome: 'alike' });
  });

  it('are not better by failing, and lose where a percentile has no bound', () => {
    const failing = (count: number, p95: number | null): ComparedRun => {
      const run = compared(p95);
      return { ...run, failures: { count, of: 4_000 }, judged: { ...run.judged, p95, p99: null } };
    };
    const p95Against = (run: ComparedRun, known: Noise | undefined = noise, may = comparable) =>
      deltasOf(compared(5), run, 1, may, known)[2];
    expect(p95Against(failing(3_200, null))).toMatchObject({
      outcome: 'worse',
      ratio: null,
      reason: "80.0 % of its requests failed, and 0.00 % of the baseline's",
    });
    // Shares of thousands of requests do not need the noise of the machine, but two comparable runs.
    expect(p95Against(failing(3_200, null), undefined)?.outcome).toBe('worse');
    expect(p95Against(failing(3_200, null), noise, { all: 'another machine', latency: undefined })?.outcome).toBe(
      'unknown',
    );
    expect(p95Against(failing(80, 2))).toMatchObject({ outcome: 'unknown', reason: expect.stringContaining('2.00 %') });
    expect(p95Against(failing(80, 10))).toMatchObject({ outcome: 'worse', reason: null });
    expect(deltasOf(failing(3_200, null), compared(9), 1, comparable, noise)[2]?.outcome).toBe('better');
    expect(deltasOf(failing(80, 5), compared(10), 1, comparable, noise)[2]?.outcome).toBe('unknown');
  });

  it('are not judged where nothing can be known, and the reason is told', () => {
    expect(deltasOf(compared(5), compared(10), 1, comparable, undefined)[2]).toMatchObject({
      outcome: 'unknown',
      ratio: 2,
      low: null,
      reason: expect.stringContaining('noise of this machine is not known'),
    });
    expect(p95Of(null)).toMatchObject({ outcome: 'unknown', ratio: null, reason: 'it was not measured in both' });
    const foreign = { all: undefined, latency: 'the two measure latency differently' };
    const [throughput, , p95] = deltasOf(compared(5), compared(10), 1, foreign, noise);
    expect(throughput?.reason).toBeNull();
    expect(p95).toMatchObject({ outcome: 'unknown', reason: foreign.latency });
  });

  it('are guarded when machines, power, versions, work or the meaning of latency differ', () => {
    const base = stored();
    expect(guard(base, stored(), ['A', 'B'])).toEqual([]);
    expect(comparabilityOf(base, stored())).toEqual(comparable);
    const { environment, scenario } = runDocument();
    const other = stored({ environment: { ...environment, cpu: 'another', power: 'battery' } });
    expect(guard(base, other, ['A', 'B'])[0]).toMatch(
      /A were not run on the same machine: processor .*; power source \(mains; battery\)/,
    );
    expect(comparabilityOf(base, other).all).toContain('same machine');
    const later = stored({ environment: { ...environment, proofload: '9.9.9' }, scenario: { ...scenario, seed: 7 } });
    expect(guard(base, later, ['A', 'B'])[0]).toMatch(
      /differs from that of A: version of Proofload .*; seed \(42; 7\)/,
    );
    const foreign: StoredRun = { kind: 'result', result: importedResult({ notes: ['It has no P99.'] }) };
    expect(guard(base, foreign, ['A', 'B'])).toEqual([
      expect.stringContaining('Latency is measured differently'),
      expect.stringContaining('It has no P99.'),
    ]);
    expect(comparabilityOf(base, foreign)).toMatchObject({ all: expect.any(String), latency: expect.any(String) });
    const doubtful = stored({ verdict: 'interrupted', reason: 'It was stopped.' });
    expect(guard(base, doubtful, ['A', 'B'])).toEqual(["B can't be trusted: It was stopped."]);
  });
});

describe('what charts show', () => {
  it('counts every request in a bin, and shares add up to one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 31 - 1 }), { minLength: 1, maxLength: 200 }), (valuesUs) => {
        const histogram = histogramOfMs(...valuesUs.map((us) => us / 1_000));
        const bins = binsOf([histogram]);
        expect(bins).toHaveLength(binCount + 1);
        const counts = new BinCounts(bins);
        histogram.forEachBucket((us, count) => counts.add(us / 1_000, count));
        expect(counts.total).toBe(valuesUs.length);
        expect(counts.shares().reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
      }),
    );
  });

  it('gives percentiles as far as requests are beyond, ascending', () => {
    const points = percentilePoints(histogramOfMs(...Array.from({ length: 1_000 }, (_, index) => index + 1)));
    expect(points[0]?.[0]).toBe(0);
    expect(points.at(-1)?.[0]).toBeCloseTo(99.9, 5);
    expect(points.at(-1)?.[1]).toBeCloseTo(999, -1);
    for (const [index, [, ms]] of points.entries()) expect(ms).toBeGreaterThanOrEqual(points[index - 1]?.[1] ?? 0);
    expect(percentilePoints(histogramOfMs())).toEqual([]);
  });

  it('folds long runs to the worst of each stretch', () => {
    const intervals = Array.from({ length: 601 }, (_, index) => ({
      t: index + 1,
      lengthS: 1,
      count: 100,
      failed: index % 2,
      p50: 1,
      p95: index === 300 ? 99 : 2,
      p99: null,
      max: null,
    }));
    const points = folded(pointsOfResult(intervals));
    expect(points.length).toBeLessThanOrEqual(150);
    expect(Math.max(...points.map(({ p95 }) => p95 ?? 0))).toBe(99);
    expect(points.every(({ p99 }) => p99 === null)).toBe(true);
    expect(points.at(-1)?.t).toBe(601);
    const late = [runInterval({ t: 120 }), runInterval({ t: 121 })];
    expect(folded(pointsOfRun(runDocument({ intervals: late }))).map(({ t }) => t)).toEqual([120]);
  });
});
