import { describe, expect, it } from 'vitest';
import { engineConfig } from '../engines/config';
import { comparisonSentence, distrustOf } from '../report/wording/describeExperiment';
import { type Random, seededRandom } from '../statistics/random';
import { TypicalValues } from '../statistics/typicalValues';
import { blockOrder, looksOf } from './design';
import type { Comparison, Experiment, ExperimentMetric, ExperimentRun } from './experiment';
import { compareTwo, compareVariants, completeBlocks, isSettled } from './judge';

/** Draws from a standard normal distribution (Box and Muller). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

type Simulated = Pick<Experiment, 'variants' | 'plan' | 'runs'>;

const plan: Experiment['plan'] = { pairs: 8, untilSure: false, band: 0.02, metric: 'p95' };

interface World {
  random: Random;
  /** The true factor of each variant except the first. */
  effects: readonly number[];
  /** By how much the machine slows down over the whole experiment. */
  drift?: number;
  plan?: Experiment['plan'];
}

/** A run-to-run standard deviation of 2 %, from MEASUREMENT.md. */
const noise = 0.02;

/** Simulates an experiment with known effects until it is settled. */
function simulate({ random, effects, drift = 0, plan: chosen = plan }: World): Simulated {
  const variants = [1, ...effects].map((_, index) => ({ name: 'ABCDEF'[index] ?? '', target: engineConfig('memory') }));
  const runs: ExperimentRun[] = [];
  const experiment = { variants, plan: chosen, runs };
  const total = chosen.pairs * variants.length;
  for (let block = 0; !isSettled(experiment); block += 1) {
    for (const variant of blockOrder(block, variants.length)) {
      const effect = Math.log([1, ...effects][variant] ?? 1) + (drift * runs.length) / total + noise * normal(random);
      const latency = 10 * Math.exp(effect);
      const values = { throughput: 1_000 / latency, p50: latency / 2, p95: latency, p99: latency * 2 };
      runs.push({ block, variant, runId: '', verdict: 'passed', distrust: null, missed: [], values });
    }
  }
  return experiment;
}

function p95(comparisons: readonly Comparison[], variant = 1): Comparison {
  const found = comparisons.find((one) => one.metric === 'p95' && one.variant === variant);
  if (!found) throw new Error('no comparison');
  return found;
}

/** Returns the share of `times` experiments for which something holds. */
function shareOf(times: number, world: Omit<World, 'random'>, holds: (experiment: Simulated) => boolean): number {
  let count = 0;
  for (let seed = 0; seed < times; seed += 1)
    if (holds(simulate({ ...world, random: seededRandom(seed * 7_919 + 1) }))) count += 1;
  return count / times;
}

function isAlarm(experiment: Simulated): boolean {
  return experiment.variants.slice(1).some((_, at) => {
    const { outcome } = compareTwo(experiment, at + 1, 'p95');
    return outcome === 'better' || outcome === 'worse';
  });
}

const times = 400;

describe('the centre of paired differences', () => {
  it('is tested as the exact sign-flip test does', () => {
    const differences = [0.3, -0.1, 0.4, 0.2, 0.5, -0.2, 0.1];
    const sum = differences.reduce((total, value) => total + value, 0);
    let extreme = 0;
    for (let signs = 0; signs < 2 ** differences.length; signs += 1) {
      const flipped = differences.reduce((total, value, at) => total + (signs & (1 << at) ? -value : value), 0);
      if (flipped >= sum - 1e-12) extreme += 1;
    }
    expect(new TypicalValues(differences).pOfZero).toBeCloseTo((2 * extreme) / 2 ** differences.length, 12);
  });

  it('cannot reach 5 % with fewer than six pairs', () => {
    expect(new TypicalValues([1, 1.1, 1.2, 1.3, 1.4]).pOfZero).toBeGreaterThan(0.05);
    expect(new TypicalValues([1, 1.1, 1.2, 1.3, 1.4, 1.5]).pOfZero).toBeLessThan(0.05);
    expect(new TypicalValues([1, 1.1, 1.2, 1.3, 1.4]).interval(0.95)).toBeUndefined();
  });

  it.each([8, 20])('lies in its 95 per cent interval in 92 to 98 of 100 cases, with %i pairs', (pairs) => {
    const random = seededRandom(5);
    let covered = 0;
    for (let trial = 0; trial < 400; trial += 1) {
      const interval = new TypicalValues(Array.from({ length: pairs }, () => 0.05 + noise * normal(random))).interval(
        0.95,
      );
      if (interval && interval.low <= 0.05 && interval.high >= 0.05) covered += 1;
    }
    expect(covered / 400).toBeGreaterThanOrEqual(0.92);
    expect(covered / 400).toBeLessThanOrEqual(0.98);
  });
});

describe('an experiment', () => {
  it('is run in the order ABBA, and rotated with more variants: each once in a block, each in every place', () => {
    expect([0, 1, 2, 3].map((block) => blockOrder(block, 2).join(''))).toEqual(['01', '10', '01', '10']);
    const orders = [0, 1, 2, 3, 4, 5].map((block) => blockOrder(block, 3));
    for (const place of [0, 1, 2]) expect(orders.map((order) => order[place]).sort()).toEqual([0, 0, 1, 1, 2, 2]);
  });

  it('raises at most 5 % false alarms, drift or not, one look or three, two variants or four', () => {
    const untilSure = { ...plan, untilSure: true };
    // The accepted share, plus two standard errors of this simulation.
    const limit = 0.05 + 2 * Math.sqrt((0.05 * 0.95) / times);
    expect(shareOf(times, { effects: [1] }, isAlarm)).toBeLessThanOrEqual(limit);
    expect(shareOf(times, { effects: [1], drift: 0.05 }, isAlarm)).toBeLessThanOrEqual(limit);
    expect(shareOf(times, { effects: [1], plan: untilSure }, isAlarm)).toBeLessThanOrEqual(limit);
    expect(shareOf(times, { effects: [1, 1, 1] }, isAlarm)).toBeLessThanOrEqual(limit);
  });

  it('finds 5 % in at least 80 % and 10 % in at least 95 % of the cases with eight pairs', () => {
    const found = (experiment: Simulated): boolean => compareTwo(experiment, 1, 'p95').outcome === 'worse';
    expect(shareOf(times, { effects: [1.05] }, found)).toBeGreaterThanOrEqual(0.8);
    expect(shareOf(times, { effects: [1.1] }, found)).toBeGreaterThanOrEqual(0.95);
  });

  it('measures on while it is not sure, and stops when it is', () => {
    const untilSure = { ...plan, untilSure: true };
    const clear = simulate({ random: seededRandom(1), effects: [1.2], plan: untilSure });
    expect(completeBlocks(clear)).toBe(8);
    const small = simulate({ random: seededRandom(3), effects: [1.02], plan: untilSure });
    expect(completeBlocks(small)).toBeGreaterThan(8);
    expect(looksOf(8, true).reduce((sum, { alpha }) => sum + alpha, 0)).toBeCloseTo(0.05, 12);
  });

  it('leaves a block that was cut short out of the comparison', () => {
    const whole = simulate({ random: seededRandom(1), effects: [1.2] });
    const cut = { ...whole, runs: whole.runs.slice(0, -1) };
    expect(p95(compareVariants(cut)).pairs).toBe(7);
    expect(isSettled(cut)).toBe(false);
  });

  it('knows a difference that does not matter from one that is not known', () => {
    const wide = { ...plan, band: 0.1 };
    expect(p95(compareVariants(simulate({ random: seededRandom(2), effects: [1.001], plan: wide }))).outcome).toBe(
      'alike',
    );
    const few = simulate({ random: seededRandom(2), effects: [1.02], plan: { ...plan, pairs: 4 } });
    expect(p95(compareVariants(few))).toMatchObject({ outcome: 'unknown', low: null, high: null });
    expect(p95(compareVariants(few)).morePairs).toBeGreaterThanOrEqual(2);
  });
});

describe('the result in words', () => {
  const variants = [
    { name: 'A', target: engineConfig('memory') },
    { name: 'B', target: engineConfig('memory') },
  ];
  const comparison: Comparison = {
    variant: 1,
    base: 0,
    metric: 'p95',
    pairs: 8,
    ratio: 0.939,
    low: 0.918,
    high: 0.961,
    p: 0.0078,
    outcome: 'better',
    morePairs: null,
  };
  const say = (overrides: Partial<Comparison>): string =>
    comparisonSentence({ variants, plan }, { ...comparison, ...overrides });

  it.each<[Partial<Comparison>, string]>([
    [{}, 'B is 6.1 % faster at P95 than A, 95 % CI 3.9 to 8.2 %, 8 pairs.'],
    [
      { ratio: 1.061, low: 1.039, high: 1.082, outcome: 'worse' },
      'B is 6.1 % slower at P95 than A, 95 % CI 3.9 to 8.2 %, 8 pairs.',
    ],
    [
      { metric: 'throughput', ratio: 43.4, low: 40, high: 47.2 },
      'B is 43.4 times higher in throughput than A, 95 % CI 40.0 to 47.2 times, 8 pairs.',
    ],
    [
      { ratio: 0.02, low: 0.0175, high: 0.025 },
      'B is 50.0 times faster at P95 than A, 95 % CI 40.0 to 57.1 times, 8 pairs.',
    ],
    [
      { ratio: 1.004, low: 0.99, high: 1.015, outcome: 'alike' },
      'B and A are alike at P95: +0.4 %, 95 % CI -1.0 to +1.5 %, within ±2.0 %, 8 pairs.',
    ],
    [
      { ratio: 1.03, low: 0.98, high: 1.08, outcome: 'unknown', morePairs: 5 },
      "B against A at P95: can't tell (+3.0 %, 95 % CI -2.0 to +8.0 %, 8 pairs), about 5 more pairs needed.",
    ],
    [
      { pairs: 1, low: null, high: null, outcome: 'unknown', morePairs: 5 },
      "B against A at P95: can't tell (-6.1 %, no interval yet, 1 pair), about 5 more pairs needed.",
    ],
  ])('%j', (overrides, sentence) => {
    expect(say(overrides)).toBe(sentence);
  });

  it('names what keeps it from being trusted when more than a quarter of the runs are not', () => {
    const run = (distrust: string | null): ExperimentRun => ({
      block: 0,
      variant: 0,
      runId: '',
      verdict: 'passed',
      distrust,
      missed: [],
      values: { throughput: 1, p50: 1, p95: 1, p99: 1 } satisfies Record<ExperimentMetric, number>,
    });
    expect(distrustOf({ runs: [run('busy'), run(null), run(null), run(null)] })).toBeUndefined();
    expect(distrustOf({ runs: [run('busy'), run('late'), run(null)] })).toContain("2 of 3 runs can't be trusted");
  });
});
