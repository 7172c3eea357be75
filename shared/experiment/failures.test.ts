import { describe, expect, it } from 'vitest';
import { experimentOver } from '../../tests/support/experiments';
import { engineConfig } from '../engines/config';
import { comparisonSentence } from '../report/wording/describeExperiment';
import { seededRandom } from '../statistics/random';
import type { ExperimentMetric, ExperimentRun } from './experiment';
import { moreFailures, outcomeWithFailures, worseByFailures } from './failures';
import { compareTwo } from './judge';

const [base, other] = [engineConfig('sqlite'), engineConfig('memory')];

/** Runs of 10,000 requests with `count` failures. The unbounded percentiles are those of all requests. */
function failing(count: number, unbounded: readonly ('p50' | 'p95' | 'p99')[], p95 = 1): Partial<ExperimentRun> {
  const of = (name: 'p50' | 'p95' | 'p99', value: number) => (unbounded.includes(name) ? null : value);
  return {
    failures: { count, of: 10_000 },
    adjusted: { p50: of('p50', p95 / 2), p95: of('p95', p95), p99: of('p99', p95 * 2) },
  };
}

const none: Partial<ExperimentRun> = { failures: { count: 0, of: 10_000 } };

function compared(metric: ExperimentMetric, first: Partial<ExperimentRun>, second: Partial<ExperimentRun>, p95 = 1) {
  const experiment = experimentOver([
    [base, 2, first],
    [other, p95, second],
  ]);
  const [variant] = [compareTwo(experiment, 1, metric)];
  return { ...variant, sentence: comparisonSentence(experiment, variant) };
}

describe('a variant that fails more', () => {
  it('is worse where more fail than a percentile leaves out, however fast it refuses', () => {
    const { outcome, ratio, sentence } = compared('p95', none, failing(8_000, ['p50', 'p95', 'p99']));
    expect({ outcome, ratio }).toEqual({ outcome: 'worse', ratio: null });
    expect(sentence).toBe(
      "memory is worse at P95 than sqlite, memory has no upper bound in 8 of 8 pairs: 80.0 % of its requests failed, and 0.00 % of sqlite's.",
    );
    expect(compared('p95', none, none).outcome).toBe('better');
  });

  it('is not better, nor alike, where the percentile has a bound', () => {
    const faster = compared('p95', none, failing(300, ['p99']));
    expect(faster).toMatchObject({ outcome: 'unknown', morePairs: null });
    expect(faster.sentence).toMatch(/can't tell \(-50.*3\.00 % of its requests failed, and 0\.00 % of sqlite's\.$/);
    expect(compared('p95', none, failing(300, ['p99'], 2), 2).outcome).toBe('unknown');
    expect(compared('p99', none, failing(300, ['p99'])).outcome).toBe('worse');
    expect(compared('p95', none, failing(300, ['p99'], 4), 4).outcome).toBe('worse');
  });

  it('is seen from the other side as well: what fails less is better, or can not be told', () => {
    const refusing = failing(8_000, ['p50', 'p95', 'p99'], 2);
    expect(compared('p95', refusing, none, 4)).toMatchObject({ outcome: 'better' });
    expect(compared('p95', refusing, none, 4).sentence).toContain('sqlite has no upper bound in 8 of 8 pairs');
    expect(compared('p95', failing(300, ['p99'], 2), none, 4).outcome).toBe('unknown');
  });

  it('is told by two pairs, as shares of thousands of requests are', () => {
    const experiment = experimentOver([
      [base, 2, none],
      [other, 1, failing(8_000, ['p50', 'p95', 'p99'])],
    ]);
    const two = { ...experiment, runs: experiment.runs.filter(({ block }) => block < 2) };
    expect(compareTwo(two, 1, 'p95').outcome).toBe('worse');
  });

  it('can not be told by one run of eight that failed altogether', () => {
    const experiment = experimentOver([
      [base, 2, none],
      [other, 1, none],
    ]);
    const runs = experiment.runs.map((run) =>
      run.block === 3 && run.variant === 1 ? { ...run, ...failing(10_000, ['p50', 'p95', 'p99']) } : run,
    );
    expect(compareTwo({ ...experiment, runs }, 1, 'p95')).toMatchObject({ outcome: 'unknown', unboundedPairs: 1 });
  });

  it('has no throughput where nothing succeeds', () => {
    const dead = { ...failing(10_000, ['p50', 'p95', 'p99']), values: { throughput: 0, p50: 0, p95: 0, p99: 0 } };
    expect(compared('throughput', none, dead)).toMatchObject({ outcome: 'worse', ratio: null });
    expect(compared('throughput', none, dead).sentence).toContain('memory has no successful request in 8 of 8 pairs');
  });

  it('is compared as before where failures are equal, or were not kept', () => {
    expect(compared('p95', failing(200, ['p99'], 2), failing(200, ['p99'])).outcome).toBe('better');
    expect(compared('p95', {}, {}).outcome).toBe('better');
  });
});

describe('a difference of failures', () => {
  it('is found among equal services in at most 2 of 100 comparisons', () => {
    let found = 0;
    for (let seed = 0; seed < 1_000; seed += 1) {
      const random = seededRandom(seed * 7_919 + 1);
      const run = () => ({ count: Array.from({ length: 2_000 }).filter(() => random() < 0.02).length, of: 2_000 });
      if (moreFailures(run(), run()) !== undefined) found += 1;
    }
    expect(found / 1_000).toBeLessThanOrEqual(0.02);
  });

  it('has to matter: a tenth of a per cent, and a tenth of the larger share', () => {
    const of = 1_000_000;
    expect(moreFailures({ count: 0, of }, { count: 900, of })).toBeUndefined();
    expect(moreFailures({ count: 0, of }, { count: 1_100, of })).toBe('other');
    expect(moreFailures({ count: 410_000, of }, { count: 400_000, of })).toBeUndefined();
    expect(moreFailures({ count: 500_000, of }, { count: 400_000, of })).toBe('base');
    expect(moreFailures({ count: 0, of: 0 }, { count: 10, of: 10 })).toBeUndefined();
  });

  it('withholds what failing could have made', () => {
    expect(
      (['better', 'alike', 'worse', 'unknown'] as const).map((outcome) => outcomeWithFailures(outcome, 'other')),
    ).toEqual(['unknown', 'unknown', 'worse', 'unknown']);
    expect(outcomeWithFailures('better', 'base')).toBe('better');
    expect(outcomeWithFailures('worse', 'base')).toBe('unknown');
    expect(outcomeWithFailures('alike', undefined)).toBe('alike');
  });

  it('makes worse only what surely fails more than a percentile leaves out, beside what surely does not', () => {
    const share = (count: number) => ({ count, of: 1_000 });
    expect(worseByFailures('p95', share(0), share(80))).toBe('other');
    expect(worseByFailures('p95', share(0), share(55))).toBeUndefined();
    expect(worseByFailures('p95', share(80), share(90))).toBeUndefined();
    expect(worseByFailures('p95', share(80), share(0))).toBe('base');
    expect(worseByFailures('throughput', share(0), share(999))).toBeUndefined();
  });
});
