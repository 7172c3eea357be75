import { describe, expect, it } from 'vitest';
import { budgetConsequence, isHeldNow } from './budget';

describe('the consequence of a smaller history', () => {
  it('is said with the number of runs, and that there is no way back', () => {
    const text = budgetConsequence(200, { runs: 1_234, isEnough: true });
    expect(text).toContain('up to 1,234 runs, the oldest first');
    expect(text).toContain('It cannot be undone');
    expect(text).not.toContain('stays larger');
    expect(budgetConsequence(200, { runs: 1, isEnough: true })).toContain('of 1 run;');
  });

  it('is said where it is not enough, and where there is none', () => {
    expect(budgetConsequence(200, { runs: 3, isEnough: false })).toContain('stays larger than 200 MB');
    expect(budgetConsequence(200, { runs: 0, isEnough: true })).toMatch(/^Nothing is removed now/);
    expect(budgetConsequence(200, { runs: 0, isEnough: false })).toMatch(/^Nothing can be removed/);
  });

  it('is told as long as it is going on', () => {
    expect(isHeldNow(100, 100 * 2 ** 20)).toBe('The limit is 100 MB.');
    expect(isHeldNow(100, 100 * 2 ** 20 + 1)).toContain('shrinks to it');
  });
});
