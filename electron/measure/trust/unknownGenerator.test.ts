import { describe, expect, it } from 'vitest';
import { judgeSimulated, type SimulatedRun } from '../../../tests/support/simulatedRun';

/** A run of another tool, with response times of a tenth of the limit or twenty times the limit. */
function driven(serviceMs: number, change: Partial<SimulatedRun> = {}): ReturnType<typeof judgeSimulated> {
  const second = () => ({ serviceMs: Array.from({ length: 100 }, () => serviceMs) });
  return judgeSimulated({ seconds: 20, second, facts: { driver: 'k6' }, ...change });
}
const statuses = ({ thresholds }: ReturnType<typeof judgeSimulated>): unknown[] =>
  thresholds.map(({ status }) => status);

describe('a load that another tool made', () => {
  it('proves no response time to be below its limit, for how late it sent is not known', () => {
    const thresholds = {
      http_req_duration: ['p(95)<50', 'avg<50', 'max<50', 'min<50', 'seconds(p(95)<50)>=0.9'],
      http_req_failed: ['rate<0.5'],
      http_reqs: ['rate>50'],
    };
    const judged = driven(5, { thresholds });
    expect(statuses(judged)).toEqual([...Array(5).fill('undecided'), 'passed', 'passed']);
    expect(judged.verdict).toBe('inconclusive');
    expect(judged.trust.find(({ check }) => check === 'generator-unknown')).toMatchObject({ ok: false, value: 4 });
    expect(statuses(driven(5, { thresholds, facts: {} }))).not.toContain('undecided');
  });

  it('proves a response time to be above its limit: it can only be greater', () => {
    expect(driven(1_000).verdict).toBe('failed');
  });

  it('has no doubt of its users where these wait for answers', () => {
    const load: NonNullable<SimulatedRun['load']> = {
      executor: 'constant-vus',
      vus: 5,
      duration: '20s',
      driver: 'proofload',
      gracefulStop: '30s',
    };
    const second = () => ({ serviceMs: Array.from({ length: 1_000 }, () => 5) });
    expect(driven(5, { load, second }).verdict).toBe('passed');
  });

  it('is not said to have been late with what it did not send', () => {
    const second = (_random: unknown, number: number) => ({
      serviceMs: Array.from({ length: 100 }, () => 5),
      interval: { asked: number === 1 ? 101 : 100 },
    });
    const messageOf = (facts: SimulatedRun['facts'] = {}) =>
      driven(5, { second, facts }).trust.find(({ check }) => check === 'unanswered')?.message;
    expect(messageOf({ driver: 'artillery' })).toContain('(1 were never sent: Artillery does not report why)');
    expect(messageOf()).toContain('the generator could not send them in time');
  });

  it('is not judged by what only our own generator tells', () => {
    const checks = driven(5).trust.map(({ check }) => check);
    for (const check of ['send-lateness', 'generator-utilisation', 'generator-gc', 'generator-cpu-wait'])
      expect(checks).not.toContain(check);
  });
});
