import { describe, expect, it } from 'vitest';
import { p95Status } from './p95Status';

describe('the status of a P95 against its limit', () => {
  it.each([
    ['passed', 12, 13, 'passed'],
    ['failed', 60, 61, 'failed'],
    // The run has failed for another reason.
    ['failed', 12, 13, 'passed'],
    ['failed', 45, 55, 'undecided'],
    ['failed', 45, null, 'undecided'],
    ['inconclusive', 12, 13, 'undecided'],
    ['aborted', 12, 13, 'undecided'],
    [null, 12, 13, 'undecided'],
  ] as const)('of a run that %s with %d ms, at most %d ms', (verdict, p95Ms, p95HighMs, status) => {
    expect(p95Status({ verdict, p95Ms, p95HighMs }, 50)).toBe(status);
  });
});
