import { describe, expect, it } from 'vitest';
import { level, runDocument } from '../../../tests/support/factories';
import type { RunDocument } from '../../run/document';
import { verdictSentence } from './verdict';

const documentWith = (overrides: Partial<RunDocument>): RunDocument => runDocument({ thresholds: [], ...overrides });

const slow = { metric: 'http_req_duration', expression: 'p(95)<50', value: 806, ok: false };
const rare = { metric: 'cache_hit', expression: 'rate>0.85', value: 0.5, ok: false };

describe('verdictSentence', () => {
  it.each([
    [
      { verdict: 'failed', thresholds: [slow, rare] },
      'Failed: the P95 response time is 806 ms where < 50.0 ms is required, and 1 more threshold failed, at 0.0 req/s.',
    ],
    [
      { verdict: 'failed', thresholds: [rare] },
      'Failed: the cache hit rate is 50.0 % where > 85.0 % is required, at 0.0 req/s.',
    ],
    [{ verdict: 'failed', thresholds: [{ ...slow, value: null }] }, 'has no sample'],
    [
      {
        verdict: 'failed',
        thresholds: [{ metric: 'target_memory', expression: 'growth<0.3', value: 0.43, ok: false }],
      },
      "Failed: the target's memory grew by 43.0 % over the run where < 30.0 % is required",
    ],
    [
      { verdict: 'failed', thresholds: [{ ...slow, expression: 'growth(p(95))<0.5', value: 0.8 }] },
      'Failed: the P95 response time grew by 80.0 % over the run where < 50.0 % is required',
    ],
    [
      {
        verdict: 'failed',
        scenario: level('level-5'),
        thresholds: [{ ...slow, metric: 'http_req_duration{stage:4}' }],
      },
      'Failed: the P95 response time of stage 4 (200 req/s for 50s) is 806 ms',
    ],
    [
      { verdict: 'failed', integrity: { checked: 1, violations: 0, acknowledgedWrites: 9, lostWrites: 3 } },
      'Failed: 3 acknowledged writes are lost.',
    ],
    [
      { verdict: 'failed', integrity: { checked: 1, violations: 2, acknowledgedWrites: 0, lostWrites: 0 } },
      'Failed: 2 responses were wrong',
    ],
    [
      { verdict: 'aborted', reason: 'the target process ended.' },
      'Aborted: the target process ended. What was measured is kept.',
    ],
    [{ verdict: 'interrupted' }, 'Interrupted: the run was stopped'],
    [
      {
        verdict: 'passed',
        capacity: { rate: 900, low: 900, high: 990, atLeast: true, limitedBy: 'generator', steps: [] },
      },
      'answers at least 900 req/s with P95 0.00 ms; beyond that the limit is the load generator. Spread the load',
    ],
  ] as const)('says %j in one sentence', (overrides, sentence) => {
    expect(verdictSentence(documentWith(overrides as Partial<RunDocument>))).toContain(sentence);
  });

  const latency = (ms: number, count = 100) =>
    ({ count, min: ms, mean: ms, p50: ms, p90: ms, p95: ms, p99: ms, p99_9: ms, max: ms }) as const;

  it('says what was held: right answers, and beside them what failed or could not be sent', () => {
    const { metrics } = documentWith({});
    const passed = documentWith({
      verdict: 'passed',
      metrics: {
        ...metrics,
        http_reqs: { count: 6_000, rate: 200, successRate: 199 },
        http_req_duration: latency(2, 5_970),
      },
    });
    expect(verdictSentence(passed)).toBe(
      'Passed: Target on memory held 199 req/s with P95 2.00 ms and P99 2.00 ms over 2m.',
    );
    passed.metrics.http_req_failed = { count: 30, rate: 0.005 };
    passed.metrics.dropped_iterations = { count: 3 };
    expect(verdictSentence(passed)).toContain('over 2m; 0.50 % of requests failed, 3 could not be sent.');
    // An older document: failures are assumed to be spread evenly.
    passed.metrics.http_reqs = { count: 6_000, rate: 200 };
    expect(verdictSentence(passed)).toContain('held 199 req/s');
  });

  it('names no response time where no response was correct', () => {
    const sentence = verdictSentence(documentWith({ verdict: 'passed' }));
    expect(sentence).toContain('had no successful request');
    expect(sentence).not.toContain('P95');
  });

  const p95 = { metric: 'http_req_duration', expression: 'p(95)<50', value: 1.2, ok: true };
  const decided = { ...p95, status: 'passed' as const, low: 1.1, high: 4.1, margin: 12.2, doubts: [] };
  const late = {
    check: 'send-lateness' as const,
    value: 5.75,
    limit: 5,
    unit: 'ms',
    ok: true,
    message: 'Sends were late.',
  };
  const busy = {
    ...late,
    check: 'other-load' as const,
    value: 0.74,
    limit: 0.1,
    unit: 'share',
    message: 'Others were busy.',
  };
  const doubted = (check: string) => ({ check, low: 41, high: 56, message: '', isDecisive: true });
  const open = {
    ...decided,
    value: 48,
    status: 'undecided' as const,
    low: 41,
    high: 56,
    doubts: [doubted('send-lateness')],
  };
  const { metrics } = documentWith({});
  const served = { ...metrics, http_reqs: { count: 24_000, rate: 200 }, http_req_duration: latency(1.2, 24_000) };
  const heldWords = 'Passed: Target on memory held 200 req/s with P95 1.20 ms and P99 1.20 ms over 2m';

  it.each<[string, Partial<RunDocument>, string]>([
    ['how far from its limit it passed', { thresholds: [decided] }, `${heldWords}, 12 times below the limit.`],
    [
      'the narrowest of several limits',
      { thresholds: [decided, { ...decided, expression: 'p(99)<100', margin: 1.136 }] },
      `${heldWords}, 12 % below the limits.`,
    ],
    [
      'what can not change that',
      { thresholds: [decided], trust: [{ ...late, isNotable: true }] },
      `${heldWords}, 12 times below the limit; 5.75 ms of send lateness can't change that.`,
    ],
    [
      'at most two doubts, and none that found nothing unusual',
      {
        thresholds: [decided],
        trust: [
          { ...late, check: 'samples', isNotable: false },
          { ...late, isNotable: true },
          { ...busy, isNotable: true },
          { ...late, check: 'clock-step', isNotable: true },
        ],
      },
      `${heldWords}, 12 times below the limit; 5.75 ms of send lateness and 74 % other load on the machine can't change that.`,
    ],
    ['nothing of doubts that an old document does not know', { thresholds: [p95], trust: [late] }, `${heldWords}.`],
  ])('of a run that passed says %s', (_what, overrides, sentence) => {
    expect(verdictSentence(documentWith({ verdict: 'passed', metrics: served, ...overrides }))).toBe(sentence);
  });

  const asked = 'Inconclusive: the P95 response time is 48.0 ms where < 50.0 ms is required; it may be';

  it.each<[string, Partial<RunDocument>, string]>([
    [
      'one doubt, and what to do about it',
      {
        thresholds: [open],
        trust: [
          { ...busy, isNotable: true },
          { ...late, ok: false },
        ],
      },
      `${asked} 41.0 to 56.0 ms: 5.75 ms of send lateness. Use a lower rate, or close other programs.`,
    ],
    [
      'two doubts',
      {
        thresholds: [{ ...open, doubts: [doubted('send-lateness'), doubted('other-load')] }],
        trust: [
          { ...late, ok: false },
          { ...busy, ok: false },
        ],
      },
      `${asked} 41.0 to 56.0 ms: 5.75 ms of send lateness and 74 % other load on the machine. Use a lower rate, or close other programs.`,
    ],
    [
      'what has no bound',
      { thresholds: [{ ...open, high: null }], trust: [{ ...late, ok: false }] },
      `${asked} 41.0 ms or more, without bound: 5.75 ms of send lateness.`,
    ],
    [
      'a growth that is not sure',
      { thresholds: [{ ...open, expression: 'growth(p(95))<0.5', value: 0.4, low: 0.1, high: 0.7, doubts: [] }] },
      'Inconclusive: the P95 response time grew by 40.0 % over the run where < 50.0 % is required; it may be 10.0 to 70.0 %: a run that is too short to tell. Run it for longer.',
    ],
    [
      'the first check that does not hold in an old document',
      { thresholds: [p95], trust: [{ ...late, ok: false }] },
      'Inconclusive: Sends were late. Use a lower rate, or close other programs.',
    ],
  ])('of an inconclusive run says %s', (_what, overrides, sentence) => {
    expect(verdictSentence(documentWith({ verdict: 'inconclusive', ...overrides }))).toContain(sentence);
  });
});
