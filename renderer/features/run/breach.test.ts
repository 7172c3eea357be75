import { describe, expect, it } from 'vitest';
import type { Figure } from '../../../shared/report/sections/figures';
import { rulesOf } from '../../../shared/thresholds/rules';
import { breachOf } from './breach';

const rules = rulesOf({
  http_req_duration: ['p(95)<50', 'p(99)<=baseline * 1.05'],
  'http_req_duration{operation:read}': ['p(50)<1'],
  http_req_failed: ['rate<0.001'],
  cache_hit: ['rate>0.85'],
});

function figure(key: Figure['key'], amount: number | null): Figure {
  return { key, label: key, value: '', note: '', amount };
}

describe('the limit that a figure breaks', () => {
  it('is said in the unit of the figure', () => {
    expect(breachOf(figure('p95', 50), rules)).toBe('limit 50.0 ms');
    expect(breachOf(figure('failed', 0.01), rules)).toBe('limit 0.10 %');
    expect(breachOf(figure('cacheHitRate', 0.8), rules)).toBe('limit 85.0 %');
  });

  it('is none while the threshold holds, and where no figure is known', () => {
    expect(breachOf(figure('p95', 49.9), rules)).toBeUndefined();
    expect(breachOf(figure('failed', 0), rules)).toBeUndefined();
    expect(breachOf(figure('p95', null), rules)).toBeUndefined();
  });

  it('is not of a part of the run, nor of a baseline', () => {
    expect(breachOf(figure('p50', 20), rules)).toBeUndefined();
    expect(breachOf(figure('p99', 5_000), rules)).toBeUndefined();
    expect(breachOf(figure('rate', 5_000), rules)).toBeUndefined();
  });
});
