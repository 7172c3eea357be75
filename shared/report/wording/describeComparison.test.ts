import { describe, expect, it } from 'vitest';
import type { Delta } from '../../comparison/comparison';
import { differenceSentence } from './describeComparison';

const names = { run: 'B', base: 'A' };

function sentence(changes: Partial<Delta>): string {
  const delta: Delta = {
    run: 1,
    metric: 'p95',
    ratio: 1.061,
    low: 1.04,
    high: 1.082,
    outcome: 'worse',
    reason: null,
    ...changes,
  };
  return differenceSentence(delta, names);
}

describe('the sentence that a comparison starts with', () => {
  it.each<[Partial<Delta>, string]>([
    [{}, 'B is 6.1 % slower at P95 (95 % CI 4.0 to 8.2 %).'],
    [{ ratio: 0.939, low: 0.92, high: 0.96, outcome: 'better' }, 'B is 6.1 % faster at P95 (95 % CI 4.0 to 8.0 %).'],
    [
      { metric: 'throughput', ratio: 0.9, low: 0.88, high: 0.92 },
      'B is 10.0 % lower in throughput (95 % CI 8.0 to 12.0 %).',
    ],
    [{ ratio: 8, low: 6, high: 10 }, 'B is 8.0 times slower at P95 (95 % CI 6.0 to 10.0 times).'],
    [
      { ratio: 1.004, low: 0.991, high: 1.013, outcome: 'alike' },
      'B and A are alike at P95: +0.4 % (95 % CI -0.9 to +1.3 %).',
    ],
    [
      { ratio: 0.99, low: 0.949, high: 1.032, outcome: 'unknown' },
      "B against A at P95: can't tell, -1.0 % (95 % CI -5.1 to +3.2 %).",
    ],
    [
      { low: null, high: null, outcome: 'unknown', reason: 'the noise of this machine is not known' },
      "B against A at P95: can't tell, +6.1 %: the noise of this machine is not known.",
    ],
    [
      { ratio: 1.061, low: null, high: null, outcome: 'unknown', reason: 'it was late.' },
      "B against A at P95: can't tell, +6.1 %: it was late.",
    ],
    [
      { ratio: null, low: null, high: null, outcome: 'unknown', reason: 'it was not measured in both' },
      "B and A can't be compared at P95: it was not measured in both.",
    ],
    [
      { ratio: null, low: null, high: null, outcome: 'worse', reason: 'so many requests failed' },
      'B is worse at P95: so many requests failed.',
    ],
  ])('is of %o: %s', (changes, expected) => {
    expect(sentence(changes)).toBe(expected);
  });
});
