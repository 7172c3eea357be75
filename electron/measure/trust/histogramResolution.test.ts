import { describe, expect, it } from 'vitest';
import { judgeSimulated, type SimulatedRun } from '../../../tests/support/simulatedRun';

/** Users that wait for answers of 49 ms, as runners report them in buckets of a width. */
function judged(bucketShare: number, thresholds: NonNullable<SimulatedRun['thresholds']>) {
  return judgeSimulated({
    seconds: 20,
    load: { executor: 'constant-vus', vus: 49, duration: '20s', driver: 'proofload', gracefulStop: '30s' },
    second: () => ({ serviceMs: Array.from({ length: 1_000 }, () => 49) }),
    facts: { driver: 'k6', bucketShare: () => bucketShare },
    thresholds,
  });
}

describe('response times that came in buckets', () => {
  it('prove a limit to be broken only where the lower bound of the bucket breaks it', () => {
    const [near, far] = judged(0.09, { http_req_duration: ['p(95)<46', 'p(95)<40'] }).thresholds;
    const decisive = near?.doubts?.filter(({ isDecisive }) => isDecisive).map(({ check }) => check);
    expect([near?.status, decisive]).toEqual(['undecided', ['histogram-resolution']]);
    expect(far?.status).toBe('failed');
  });

  it('prove a limit to be kept, for they are never too low', () => {
    const { thresholds, trust } = judged(0.09, { http_req_duration: ['p(95)<50', 'avg<50'] });
    expect(thresholds.slice(0, 2).map(({ status }) => status)).toEqual(['passed', 'passed']);
    expect(trust.find(({ check }) => check === 'histogram-resolution')).toMatchObject({ ok: true, isNotable: true });
  });

  it('are nothing that a run of single requests has', () => {
    const { trust } = judged(0, { http_req_duration: ['p(95)<50'] });
    expect(trust.map(({ check }) => check)).not.toContain('histogram-resolution');
  });
});
