import { expect, it } from 'vitest';
import { checkCounts, checkText, conformanceText, stateOf, statusText } from './status';

it('has one mark and one word for each status, whoever was judged', () => {
  expect((['passed', 'failed', 'undecided'] as const).map(statusText)).toEqual(['✓ passed', '✕ failed', '? undecided']);
  expect(checkText('passed')).toBe(statusText('passed'));
  expect(checkText('failed')).toBe(statusText('failed'));
  expect((['passed', 'failed', 'inconclusive'] as const).map((state) => stateOf(state).mark)).toEqual(['✓', '✕', '?']);
  expect((['conforms', 'fails', 'not-tested'] as const).map(conformanceText)).toEqual([
    '✓ conforms',
    '✕ does not conform',
    '? not tested yet',
  ]);
});

it('counts what does not apply with what was not run', () => {
  const checks = (['passed', 'passed', 'failed', 'not-run', 'not-supported'] as const).map((status) => ({ status }));
  expect(checkCounts(checks)).toBe('2 passed, 1 failed, 2 not run');
  expect(checkCounts([])).toBe('0 passed, 0 failed');
});
