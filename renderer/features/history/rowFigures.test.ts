import { describe, expect, it } from 'vitest';
import { level, runSummary } from '../../../tests/support/factories';
import { commonBaseline, p95Limits, p95Trends } from './rowFigures';

describe('what a row of the history has beside its figures', () => {
  it('is the limit of its scenario, where that has one for P95 of all requests', () => {
    const own = { id: 'mine', thresholds: { http_req_duration: ['p(95)<75', 'p(99)<200'] } };
    const ofPart = { id: 'part', thresholds: { 'http_req_duration{operation:read}': ['p(95)<5'] } };
    expect([...p95Limits([own, ofPart])]).toEqual([['mine', 75]]);
    expect(p95Limits([level('level-2')]).get('level-2')).toBe(50);
  });

  it('is the trend of P95 up to it, over runs of the same scenario and target on the same machine', () => {
    const runs = [
      runSummary({ id: 'a', p95Ms: 1 }),
      runSummary({ id: 'b', p95Ms: 7, target: 'sqlite' }),
      runSummary({ id: 'c', p95Ms: null }),
      runSummary({ id: 'd', verdict: null }),
      runSummary({ id: 'e', p95Ms: 3, machine: 'another' }),
      runSummary({ id: 'f', p95Ms: 2 }),
    ];
    const trends = p95Trends(runs);
    expect([...trends.keys()]).toEqual(['a', 'b', 'c', 'e', 'f']);
    expect(trends.get('f')).toEqual([1, null, 2]);
    expect(trends.get('a')).toEqual([1]);
    const many = Array.from({ length: 30 }, (_, index) => runSummary({ id: `${index}`, p95Ms: index }));
    expect(p95Trends(many).get('29')).toEqual(Array.from({ length: 14 }, (_, index) => 16 + index));
  });
});

describe('the baseline of a trend', () => {
  const baseline = runSummary({ id: 'base', isBaseline: true });

  it('is that of the one scenario and target that all runs are of', () => {
    expect(commonBaseline([baseline, runSummary({ id: 'a' })])?.id).toBe('base');
    expect(commonBaseline([runSummary({ id: 'a' })])).toBeUndefined();
  });

  it('is none of runs that cannot be held against the same', () => {
    expect(commonBaseline([baseline, runSummary({ id: 'a', target: 'sqlite' })])).toBeUndefined();
    expect(commonBaseline([baseline, runSummary({ id: 'a', machine: 'another' })])).toBeUndefined();
    expect(commonBaseline([])).toBeUndefined();
  });
});
