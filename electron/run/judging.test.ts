import { describe, expect, it } from 'vitest';
import { exitCodes, judge } from '../../shared/run/verdict';
import { level } from '../../tests/support/factories';
import { checkTrust, latenessLimitMs, type MeasurementFacts } from './trustChecks';

const failing = [{ metric: 'http_req_duration', expression: 'p(95)<50', value: 900, ok: false }];
const holding = [{ metric: 'http_req_duration', expression: 'p(95)<50', value: 9, ok: true }];

function facts(overrides: Partial<MeasurementFacts> = {}): MeasurementFacts {
  return {
    scenario: level('level-2'),
    asked: 6_000,
    sent: 6_000,
    dropped: 0,
    latenessP99Ms: 0.4,
    utilisation: 0.2,
    thresholds: holding,
    ...overrides,
  };
}

function failed(measured: MeasurementFacts): string[] {
  return checkTrust(measured)
    .filter(({ ok }) => !ok)
    .map(({ check }) => check);
}

describe('checkTrust', () => {
  it('trusts a run that was sent as asked', () => {
    expect(failed(facts())).toEqual([]);
  });

  it.each([
    [{ latenessP99Ms: latenessLimitMs + 1 }, ['send-lateness']],
    [{ utilisation: 0.95 }, ['generator-utilisation']],
    [{ sent: 5_900 }, ['achieved-rate']],
    [{ sent: 5_990, dropped: 10 }, ['dropped-iterations']],
    [{ sent: 3_000, dropped: 3_000 }, ['achieved-rate', 'dropped-iterations']],
  ])('does not trust %j', (change, checks) => {
    expect(failed(facts(change))).toEqual(checks);
  });

  it('knows no schedule in a closed model', () => {
    expect(checkTrust(facts({ asked: null, sent: 1, latenessP99Ms: 1e6 })).map(({ check }) => check)).toEqual([
      'generator-utilisation',
    ]);
  });

  it('lets drops stand when the target held all connections and a threshold fails anyway', () => {
    const saturated = facts({ sent: 4_000, dropped: 2_000, thresholds: failing });
    expect(failed(saturated)).toEqual([]);
    expect(checkTrust(saturated).find(({ check }) => check === 'dropped-iterations')?.message).toContain(
      'worse than shown',
    );
    expect(failed({ ...saturated, utilisation: 0.95 })).toContain('dropped-iterations');
    expect(failed({ ...saturated, latenessP99Ms: 50 })).toContain('dropped-iterations');
  });
});

describe('judge', () => {
  const sound = { checked: 10, violations: 0, acknowledgedWrites: 5, lostWrites: 0 };
  const untrusted = checkTrust(facts({ latenessP99Ms: 100 }));

  it('passes or fails by the thresholds when the measurement can be trusted', () => {
    expect(judge(holding, checkTrust(facts()), sound)).toBe('passed');
    expect(judge(failing, checkTrust(facts()), sound)).toBe('failed');
    expect(judge([], [], { ...sound, lostWrites: null })).toBe('passed');
  });

  it('is inconclusive when it cannot be trusted, whatever the thresholds say', () => {
    expect(judge(holding, untrusted, sound)).toBe('inconclusive');
    expect(judge(failing, untrusted, sound)).toBe('inconclusive');
  });

  it('fails on a lost write or a wrong answer, whatever else', () => {
    expect(judge(holding, untrusted, { ...sound, lostWrites: 1 })).toBe('failed');
    expect(judge(holding, checkTrust(facts()), { ...sound, violations: 1 })).toBe('failed');
  });

  it('has the exit codes of the contract', () => {
    expect(exitCodes).toEqual({ passed: 0, failed: 99, inconclusive: 75, aborted: 1, interrupted: 130 });
  });
});
