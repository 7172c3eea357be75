import { describe, expect, it } from 'vitest';
import { level as levelOf } from '../../tests/support/factories';
import { type GateRun, gatekeeperOf, gateNeed, gateOf } from './gate';

const levels = ([0, 1, 2, 3, 4, 5, 6] as const).map((number) => levelOf(`level-${number}`));

function keeperOf(level: number) {
  return gatekeeperOf(levels, { level });
}

/** A run of the level below. Its P95 is exact. */
function run({ p95Ms = 806, ...overrides }: Partial<GateRun> = {}): GateRun {
  const marks = { isShortened: false, isOverridden: false, wasGateShut: false };
  return { verdict: 'failed', origin: null, ...marks, p95Ms, p95HighMs: p95Ms, failedRate: 0, ...overrides };
}

const fast = { verdict: 'passed', p95Ms: 20 } as const;

describe('the gate to a level', () => {
  it('has its need in a few words, and none where it is always open', () => {
    expect([0, 1, undefined].map((level) => gateNeed(levels, { level }))).toEqual([undefined, undefined, undefined]);
    expect(gateNeed(levels, { level: 2 })).toBe('level\u00a01: P95\u00a0<\u00a0100\u00a0ms');
    expect(gateNeed(levels, { level: 4 })).toBe('level\u00a03 passed');
  });

  it('is open to the first two and to the capacity search', () => {
    for (const level of [0, 1, undefined])
      expect(gateOf(gatekeeperOf(levels, { level }), [])).toEqual({ open: true, reason: null });
  });

  it.each<[number, Partial<GateRun> | undefined, RegExp | undefined]>([
    [2, undefined, /^Requires level 1 with P95 below 100 ms; level 1 has not been run here\.$/],
    [2, {}, /P95 below 100 ms; its P95 is 806 ms: 8.1 times that/],
    [2, { p95Ms: null }, /P95 is –/],
    // The report requires only the P95 of level 1, not all its thresholds.
    [2, { verdict: 'failed', p95Ms: 99.9 }, undefined],
    [2, fast, undefined],
    [2, { ...fast, p95HighMs: 99 }, undefined],
    [2, { ...fast, p95HighMs: 140 }, /its P95 is 20\.0 ms, but may be up to 140 ms/],
    [2, { ...fast, p95HighMs: null }, /its P95 is 20\.0 ms, but its upper bound is unknown/],
    [2, { verdict: 'failed', p95Ms: 3, failedRate: 0.8 }, /; 80(\.0)? % of its requests failed/],
    [3, { verdict: 'failed', p95Ms: 20 }, /level 2 to be passed; its last run failed/],
    [3, { verdict: 'passed', p95Ms: 20 }, undefined],
    [6, undefined, /level 5 has not been run here/],
  ])('%i after %j', (level, last, reason) => {
    const gate = gateOf(keeperOf(level), last ? [run(last)] : []);
    expect(gate.open).toBe(reason === undefined);
    if (reason) expect(gate.reason).toMatch(reason);
  });

  const without: [Partial<GateRun>, string][] = [
    [{ isShortened: true }, 'was shortened'],
    [{ isOverridden: true }, 'overrode parts of the level'],
    [{ wasGateShut: true }, 'was made while its level was locked'],
    [{ verdict: 'inconclusive' }, 'was inconclusive'],
    [{ verdict: 'aborted' }, 'did not complete'],
    [{ verdict: 'interrupted' }, 'did not complete'],
  ];

  it.each(without)('is opened by nothing that %j', (mark, words) => {
    for (const level of [2, 3]) {
      const gate = gateOf(keeperOf(level), [run({ ...fast, ...mark })]);
      expect(gate.open).toBe(false);
      expect(gate.reason).toContain(`counts here: the last one ${words}.`);
    }
  });

  it.each(without)('is decided by the newest run before one that %j', (mark, words) => {
    const later = run({ ...fast, ...mark });
    expect(gateOf(keeperOf(2), [later, run(fast), run()])).toEqual({ open: true, reason: null });
    const shut = gateOf(keeperOf(2), [later, run(), run(fast)]);
    expect(shut.reason).toMatch(/its P95 is 806 ms: 8\.1 times that\./);
    expect(shut.reason).toContain(`The last run does not count: it ${words}.`);
  });

  it('does not look at a run that goes on, or of another machine or tool', () => {
    const none = gateOf(keeperOf(2), []);
    for (const other of [{ verdict: null }, { origin: 'proofload' }, { verdict: 'imported', origin: 'k6' }] as const)
      expect(gateOf(keeperOf(2), [run({ ...fast, ...other })])).toEqual(none);
  });
});
