import { describe, expect, it } from 'vitest';
import type { RunInterval } from '../../shared/run/metrics';
import { exitCodes, judge } from '../../shared/run/verdict';
import type { Load } from '../../shared/scenario/schema';
import { histogramOfMs, level, runInterval } from '../../tests/support/factories';
import { RunSlices } from './runSlices';
import { RunTotals } from './runTotals';
import { checkTrust } from './trust/checkTrust';
import { latenessLimitMs, type MeasurementFacts } from './trust/facts';

const failing = [{ metric: 'http_req_duration', expression: 'p(95)<50', value: 900, ok: false }];
const holding = [{ metric: 'http_req_duration', expression: 'p(95)<50', value: 9, ok: true }];

/** Slices of ten seconds with 100 requests each, of the latency that is given for each second. */
function slicesOf(latencyMs: (second: number) => number): RunSlices {
  const slices = new RunSlices();
  for (let second = 1; second <= 10; second += 1)
    slices.add(second, [histogramOfMs(...Array.from({ length: 100 }, () => latencyMs(second)))]);
  return slices;
}

function intervals(change: (t: number) => Partial<RunInterval> = () => ({})): RunInterval[] {
  return Array.from({ length: 10 }, (_, index) => runInterval({ t: index + 1, count: 600, ...change(index + 1) }));
}

function facts(overrides: Partial<MeasurementFacts> = {}): MeasurementFacts {
  const { rules } = new RunTotals(level('level-2'));
  return {
    scenario: level('level-2'),
    measuredMs: 10_000,
    asked: 6_000,
    sent: 6_000,
    dropped: 0,
    completed: 6_000,
    failed: 0,
    latenessP99Ms: 0.4,
    utilisation: 0.2,
    intervals: intervals(),
    slices: slicesOf(() => 9),
    service: histogramOfMs(9),
    trend: () => histogramOfMs(9),
    rules,
    thresholds: holding,
    calibration: undefined,
    backend: undefined,
    cores: 2,
    machine: { otherShare: 0.02, idleShare: 0, stealShare: 0 },
    clockStepMs: 0.5,
    ...overrides,
  };
}

function failed(measured: MeasurementFacts): string[] {
  return checkTrust(measured)
    .filter(({ ok }) => !ok)
    .map(({ check }) => check);
}

function names(measured: MeasurementFacts): string[] {
  return checkTrust(measured).map(({ check }) => check);
}

describe('checkTrust', () => {
  it('trusts a run that was sent as asked, and says so with a value, a limit and a sentence each', () => {
    expect(failed(facts())).toEqual([]);
    for (const { value, limit, message } of checkTrust(facts())) {
      expect([Number.isFinite(value), Number.isFinite(limit)]).toEqual([true, true]);
      expect(message).toMatch(/\w.*\.$/);
    }
  });

  it.each<[string, Partial<MeasurementFacts>, string[]]>([
    ['late sends', { latenessP99Ms: latenessLimitMs + 1 }, ['send-lateness']],
    ['a busy generator', { utilisation: 0.95 }, ['generator-utilisation']],
    ['too few sends', { sent: 5_900 }, ['achieved-rate']],
    ['drops', { sent: 5_990, dropped: 10 }, ['dropped-iterations']],
    ['many drops', { sent: 3_000, dropped: 3_000 }, ['achieved-rate', 'dropped-iterations']],
    ['garbage', { intervals: intervals(() => ({ generatorGcMs: 80, generatorGcMaxMs: 9 })) }, ['generator-gc']],
    [
      'a generator without a processor',
      { intervals: intervals(() => ({ generatorCpuWaitMs: 200 })) },
      ['generator-cpu-wait'],
    ],
    ['half a processor', { intervals: intervals(() => ({ generatorCpuLimit: 0.5 })) }, ['generator-cpu-limit']],
    ['a busy machine', { machine: { otherShare: 0.3, idleShare: 0, stealShare: 0 } }, ['other-load']],
    ['a set clock', { clockStepMs: -3_600_000 }, ['clock-step']],
    ['few requests', { completed: 999 }, ['samples']],
    ['a slow start', { slices: slicesOf((second) => (second === 1 ? 30 : 9)) }, ['steady-state']],
    ['growing latency', { slices: slicesOf((second) => (second > 5 ? 30 : 9)) }, ['steady-state', 'drift']],
    [
      'a restart',
      { intervals: intervals((t) => (t === 5 ? { connectionsLost: 20, inFlight: 3 } : {})) },
      ['target-restarted'],
    ],
    [
      'a restart between two requests',
      { intervals: intervals((t) => (t === 5 ? { errors: { 'connection-refused': 2 } } : {})) },
      ['target-restarted'],
    ],
  ])('does not trust %s', (_what, change, checks) => {
    expect(failed(facts(change))).toEqual(checks);
  });

  it('knows no schedule in a closed model, but Little', () => {
    const closed = facts({
      asked: null,
      sent: 1,
      latenessP99Ms: 1e6,
      scenario: { ...level('level-1'), load: { ...level('level-1').load, duration: '10s' } as Load },
      completed: 10_000,
      // 100 users for 10 s are busy for 1,000 s: 10,000 requests of 100 ms.
      service: histogramOfMs(...Array.from({ length: 10_000 }, () => 100)),
    });
    expect(names(closed)).not.toContain('send-lateness');
    expect(failed(closed)).toEqual([]);
    const stopped = { ...closed, measuredMs: 3_000 };
    expect(names(stopped)).not.toContain('littles-law');
    const idle = { ...closed, service: histogramOfMs(...Array.from({ length: 10_000 }, () => 90)) };
    expect(failed(idle)).toEqual(['littles-law']);
  });

  it('expects of a ramp of users their mean, and no steady state', () => {
    const scenario = level('level-1');
    const ramp = facts({
      asked: null,
      scenario: {
        ...scenario,
        warmup: '0s',
        load: { executor: 'ramping-vus', startVUs: 0, stages: [{ duration: '10s', target: 100 }], gracefulStop: '1s' },
      },
      slices: slicesOf((second) => second * 10),
      service: histogramOfMs(...Array.from({ length: 4_950 }, () => 100)),
      completed: 4_950,
    });
    expect(failed(ramp)).toEqual([]);
    expect(names(ramp)).toContain('littles-law');
    expect(names(ramp)).not.toContain('drift');
  });

  it('lets a failure stand that rests on enough requests, whatever the others rest on', () => {
    // P95 needs 200 requests, P99 needs 1,000.
    expect(failed(facts({ completed: 300, thresholds: failing }))).toEqual([]);
    expect(failed(facts({ completed: 100, thresholds: failing }))).toEqual(['samples']);
    const refused = [{ metric: 'http_req_failed', expression: 'rate<0.001', value: 1, ok: false }];
    expect(failed(facts({ completed: 10, thresholds: refused }))).toEqual([]);
  });

  it('knows what the generator was measured to do', () => {
    const calibration = {
      measuredAt: '2026-01-01T00:00:00.000Z',
      machine: 'test',
      floorP50: 0.1,
      floorP99: 0.3,
      pacingRate: 1_000,
      pacingP50: 0.01,
      pacingP99: 0.2,
      highestRate: 150,
    };
    expect(failed(facts({ calibration }))).toEqual(['calibrated-rate']);
    expect(failed(facts({ calibration, scenario: { ...level('level-2'), processes: 4 }, cores: 4 }))).toEqual([]);
    expect(failed(facts({ calibration: { ...calibration, highestRate: 9_000 } }))).toEqual([]);
  });

  it('does not take small changes of small latencies for drift', () => {
    expect(failed(facts({ slices: slicesOf((second) => (second > 5 ? 0.9 : 0.4)) }))).toEqual([]);
  });

  it('lets a failure stand that is there before and after a change', () => {
    const overloaded = facts({ slices: slicesOf((second) => second * 300), thresholds: failing });
    expect(failed(overloaded)).toEqual([]);
    expect(checkTrust(overloaded).find(({ check }) => check === 'drift')?.message).toContain('proven all the same');
  });

  it('does not take a target that refuses all the time for one that was restarted', () => {
    expect(failed(facts({ intervals: intervals(() => ({ errors: { 'connection-refused': 9 } })) }))).toEqual([]);
  });

  it('leaves out what cannot be known', () => {
    const foreign = facts({
      clockStepMs: undefined,
      machine: undefined,
      intervals: intervals(() => ({ generatorCpuWaitMs: null })),
      slices: new RunSlices(),
    });
    expect(names(foreign)).toEqual([
      'send-lateness',
      'achieved-rate',
      'dropped-iterations',
      'generator-utilisation',
      'generator-gc',
      'target-restarted',
      'samples',
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
