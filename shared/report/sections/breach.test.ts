import { describe, expect, it } from 'vitest';
import { runTick } from '../../../tests/support/factories';
import { rulesOf } from '../../thresholds/rules';
import { breachOf, hasBreach } from './breach';
import type { Figure } from './figures';

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

describe('a run in progress', () => {
  const slow = runTick({ cumulative: { count: 1_000, p50: 10, p95: 80, p99: 90 } });

  it('breaks a limit as soon as a tick does', () => {
    expect(hasBreach(slow, rules)).toBe(true);
    expect(hasBreach(runTick({ cumulative: { count: 1_000, p95: 20, cacheHitRate: 0.9 } }), rules)).toBe(false);
    expect(hasBreach(undefined, rules)).toBe(false);
  });

  it('breaks none in its warm-up', () => {
    expect(hasBreach({ ...slow, warmup: true, interval: slow.cumulative }, rules)).toBe(false);
  });
});
