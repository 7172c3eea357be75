import { describe, expect, it } from 'vitest';
import { level } from '../../../tests/support/factories';
import type { ThresholdResult } from '../../thresholds/evaluate';
import { describeEffect, describeOutcome, distanceText } from './describeOutcome';

const p95: ThresholdResult = { metric: 'http_req_duration', expression: 'p(95)<50', value: 12.3, ok: true };
const decided = { ...p95, status: 'passed' as const, low: 11.8, high: 13.1, margin: 50 / 13.1, doubts: [] };

it.each([
  [0.08, '13 times below'],
  [0.26, '3.8 times below'],
  [0.5, '2.0 times below'],
  [0.88, '12 % below'],
  [0.995, 'less than 1 % below'],
  [1.12, '12 % above'],
  [2.71, '2.7 times above'],
])('puts a value that is %d times its limit as %s', (ratio, text) => {
  expect(distanceText(ratio)).toBe(text);
});

describe('what a threshold came to', () => {
  it.each<[string, ThresholdResult, string]>([
    ['its interval and margin', decided, '12.3 ms (11.8 to 13.1 ms), limit 50.0 ms, 3.8 times below'],
    ['nothing that is not known in old documents', p95, '12.3 ms, limit 50.0 ms'],
    ['no interval of a fact', { ...decided, low: 12.3, high: 12.3 }, '12.3 ms, limit 50.0 ms, 3.8 times below'],
    [
      'an interval without bound, and no margin while it is open',
      { ...decided, status: 'undecided', high: null },
      '12.3 ms (11.8 ms or more, without bound), limit 50.0 ms',
    ],
    ['an interval from nothing', { ...decided, low: 0 }, '12.3 ms (up to 13.1 ms), limit 50.0 ms, 3.8 times below'],
    [
      'an interval of all',
      { ...decided, status: 'undecided', low: 0, high: null },
      '12.3 ms (anything), limit 50.0 ms',
    ],
    [
      'both units where they differ',
      { ...decided, value: 1_200, ok: false, status: 'failed', low: 950, high: 1_300, margin: 50 / 950 },
      '1.20 s (950 ms to 1.30 s), limit 50.0 ms, 19 times above',
    ],
    [
      'no per cent of a share',
      { ...decided, metric: 'cache_hit', expression: 'rate>0.85', value: 0.95, low: 0.94, high: 0.96, margin: 1.1 },
      '95.0 % (94.0 to 96.0 %), limit 85.0 %',
    ],
    [
      'how far a failure is above its budget',
      {
        ...decided,
        metric: 'http_req_failed',
        expression: 'rate<0.001',
        value: 0.05,
        low: 0.05,
        high: 0.06,
        margin: 0.02,
        status: 'failed',
      },
      '5.00 % (5.00 to 6.00 %), limit 0.10 %, 50 times above',
    ],
    [
      'no limit where a value is wanted',
      { ...decided, metric: 'integrity', expression: 'rate==1', value: 1, low: 1, high: 1, margin: null },
      '100.0 %',
    ],
    [
      'no margin of the seconds in which a bound held',
      { ...decided, expression: 'seconds(p(95)<50)>=0.95', value: 0.98, low: 0.98, high: 0.98, margin: 51 },
      '98.0 %, limit 95.0 %',
    ],
    ['that there is no sample', { ...p95, value: null, ok: false, low: null, high: null }, 'no sample, limit 50.0 ms'],
    [
      'the baseline',
      { ...p95, expression: 'p(95)<=baseline*1.05', baseline: { runId: 'base', value: 12, limit: 12.6, isSure: true } },
      '12.3 ms, limit 12.6 ms (baseline 12.0 ms)',
    ],
    [
      'that nobody wrote it',
      { metric: 'http_req_failed', expression: 'rate<0.01', value: 0, ok: true, isImplicit: true },
      '0.00 %, limit 1.00 %, implicit: no threshold covers failures',
    ],
    ['the value as it is where the threshold cannot be read', { ...p95, metric: 'gone' }, '12.3'],
  ])('has %s', (_what, result, text) => {
    expect(describeOutcome(result)).toBe(text);
  });
});

describe('what a doubt could have done', () => {
  const open = { ...decided, value: 48 };
  const doubt = { check: 'send-lateness', message: '', isDecisive: true };

  it.each([
    [{ low: 41, high: 56 }, 'anywhere between 41.0 and 56.0 ms, across the limit of 50.0 ms'],
    [{ low: 48, high: null }, 'anything from 48.0 ms up, without bound, across the limit of 50.0 ms'],
    [{ low: 41, high: 48 }, 'anywhere between 41.0 and 48.0 ms, with the other doubts across the limit of 50.0 ms'],
  ])('%j', (bounds, text) => {
    expect(describeEffect(open, { ...doubt, ...bounds }, level('level-2').load)).toBe(
      `the P95 response time from 48.0 ms to ${text}`,
    );
  });
});
