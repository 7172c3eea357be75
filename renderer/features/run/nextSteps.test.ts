import { describe, expect, it } from 'vitest';
import { level, runDocument } from '../../../tests/support/factories';
import { nextSteps } from './nextSteps';

const passed = runDocument({ verdict: 'passed', scenario: level('level-2') });
const failed = runDocument({ verdict: 'failed', scenario: level('level-2') });
const situation = { isSaved: true, isBaseline: false };

describe('what to do next', () => {
  it('is to go on after a run that passed, and to find out why after one that failed', () => {
    expect(nextSteps({ ...situation, document: passed })[0]).toBe('climb');
    expect(nextSteps({ ...situation, document: failed })[0]).toBe('profile');
  });

  it.each(['inconclusive', 'aborted', 'interrupted'] as const)('is to run again after one that was %s', (verdict) => {
    expect(nextSteps({ ...situation, document: { ...passed, verdict } })[0]).toBe('again');
  });

  it('is nothing that cannot be done or would change nothing', () => {
    const target = { kind: 'url', url: 'http://127.0.0.1:1/', method: 'GET', headers: [] } as const;
    const ofUrl = { ...failed, target: { ...target, headers: [] } };
    expect(nextSteps({ ...situation, document: ofUrl })).not.toContain('profile');
    expect(nextSteps({ ...situation, document: ofUrl })).not.toContain('options');
    expect(nextSteps({ ...situation, isBaseline: true, document: passed })).not.toContain('baseline');
    const unsaved = nextSteps({ ...situation, isSaved: false, document: passed });
    expect(unsaved).not.toContain('baseline');
    expect(unsaved).not.toContain('compare');
  });
});
