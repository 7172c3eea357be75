import { describe, expect, it } from 'vitest';
import { experimentOver, experimentRun } from '../../tests/support/experiments';
import { environment } from '../../tests/support/factories';
import { engineConfig } from '../engines/config';
import { noiseSentence } from '../report/wording/describeExperiment';
import { compareTwo } from './judge';
import { findableWith, learnNoise, pairsToFind } from './noise';

const memory = engineConfig('memory');
/** Pairs whose log ratios alternate between +2 % and -2 %. */
const aa = {
  ...experimentOver([
    [memory, 10],
    [memory, 10],
  ]),
  runs: [0, 1, 2, 3].flatMap((block) => [
    experimentRun(block, 0, 10),
    experimentRun(block, 1, 10 * Math.exp(block % 2 === 0 ? 0.02 : -0.02)),
  ]),
};

describe("this machine's noise", () => {
  it('is learned from experiments of an engine with itself, on this machine and under this load', () => {
    const noise = learnNoise([aa], environment, aa.scenario.id);
    expect(noise?.pairs).toBe(4);
    expect(noise?.deviation.p95).toBeCloseTo(0.02, 10);
    expect(learnNoise([aa], { ...environment, cores: 64 }, aa.scenario.id)).toBeUndefined();
    expect(learnNoise([aa], environment, 'another')).toBeUndefined();
    const ab = experimentOver([
      [memory, 10],
      [engineConfig('sqlite'), 20],
    ]);
    expect(learnNoise([ab], environment, ab.scenario.id)).toBeUndefined();
  });

  it('tells how many pairs find a difference, and what a number of pairs finds', () => {
    const noise = learnNoise([aa], environment, aa.scenario.id);
    if (!noise) throw new Error('no noise');
    const findable = findableWith(noise, 'p95', 8);
    expect(findable).toBeCloseTo((2.8 * 0.02) / Math.sqrt(8), 10);
    expect(pairsToFind(findable, 0.02)).toBe(8);
    expect(noiseSentence({ noise, plan: aa.plan })).toBe(
      'Equal runs of this machine differ by 2.0 % at P95 (standard deviation, 4 pairs): 8 pairs find differences from 2.0 % in four of five experiments.',
    );
    expect(noiseSentence({ plan: aa.plan })).toMatch(/is not known/);
  });

  it('says how many pairs are missing before the pairs themselves can', () => {
    const noise = { pairs: 8, deviation: { throughput: 0.2, p50: 0.2, p95: 0.2, p99: 0.2 } };
    const begun = { ...aa, runs: aa.runs.slice(0, 2) };
    expect(compareTwo(begun, 1, 'p95').morePairs).toBe(5);
    expect(compareTwo({ ...begun, noise }, 1, 'p95').morePairs).toBeGreaterThan(500);
  });
});
