import { expect, it } from 'vitest';
import type { Comparison } from '../../../shared/comparison/comparison';
import { engineConfig } from '../../../shared/engines/config';
import type { ComparisonOutcome } from '../../../shared/experiment/experiment';
import { experimentOver } from '../../../tests/support/experiments';
import { exitCodeOf as ofComparison } from './compare';
import { exitCodeOf as ofExperiment } from './experiment';

const [first, second] = [engineConfig('sqlite'), engineConfig('memory')];
const onWorse = { failOn: 'worse' } as const;
const strictly = { failOn: 'worse', strict: true } as const;

it('makes an experiment fail whose variant is worse by what decides, and by nothing else', () => {
  const slower = experimentOver([
    [first, 5],
    [second, 10],
  ]);
  expect([ofExperiment(slower, onWorse), ofExperiment(slower, {})]).toEqual([99, 0]);
  const faster = experimentOver([
    [first, 10],
    [second, 5],
  ]);
  expect(ofExperiment(faster, strictly)).toBe(0);
  const refusing = experimentOver([
    [first, 10, { failures: { count: 0, of: 1_000 } }],
    [second, 5, { failures: { count: 800, of: 1_000 }, adjusted: { p50: null, p95: null, p99: null } }],
  ]);
  expect([ofExperiment(refusing, onWorse), ofExperiment(refusing, {})]).toEqual([99, 0]);
  const alike = experimentOver([
    [first, 10],
    [second, 10.6, { values: { throughput: 1, p50: 50, p95: 10, p99: 50 } }],
  ]);
  expect(ofExperiment(alike, onWorse)).not.toBe(99);
});

it('leaves an experiment inconclusive or interrupted that proves nothing', () => {
  const runs = [
    [first, 5],
    [second, 10, { distrust: 'Others were busy.' }],
  ] as const;
  expect(ofExperiment(experimentOver(runs), onWorse)).toBe(75);
  expect(ofExperiment(experimentOver(runs, { state: 'stopped' }), onWorse)).toBe(130);
});

function of(...outcomes: ComparisonOutcome[]): Pick<Comparison, 'deltas'> {
  return {
    deltas: outcomes.map((outcome) => ({ run: 1, metric: 'p95', ratio: 1, low: 1, high: 1, outcome, reason: null })),
  };
}

it('makes a comparison fail that has something worse in it', () => {
  expect(ofComparison(of('better', 'worse'), onWorse)).toBe(99);
  expect(ofComparison(of('better', 'worse'), {})).toBe(0);
  expect(ofComparison(of('better', 'alike', 'unknown'), onWorse)).toBe(0);
});

it("strictly, takes what can't be told for no success; what is worse is a failure all the same", () => {
  const told = experimentOver([
    [first, 5],
    [second, 10],
  ]);
  const comparisons = told.comparisons.map((comparison) => ({ ...comparison, outcome: 'unknown' as const }));
  const untold = { ...told, comparisons };
  expect([ofExperiment(untold, strictly), ofExperiment(untold, onWorse), ofExperiment(untold, {})]).toEqual([
    75, 0, 75,
  ]);
  expect(ofComparison(of('better', 'unknown'), strictly)).toBe(75);
  expect(ofComparison(of('better', 'unknown'), { strict: true })).toBe(75);
  expect(ofComparison(of('unknown', 'worse'), strictly)).toBe(99);
  expect(ofComparison(of('better', 'alike'), strictly)).toBe(0);
});
