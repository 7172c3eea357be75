import { describe, expect, it } from 'vitest';
import { experimentOver } from '../../tests/support/experiments';
import { placeOn } from '../charts/axis';
import { engineConfig } from '../engines/config';
import { decisionPicture } from './decisionPicture';
import { optionResults } from './optionResult';

const experiment = experimentOver([
  [engineConfig('sqlite-json'), 600],
  [engineConfig('memory'), 7],
]);
const picture = decisionPicture(experiment, optionResults(experiment, []));

describe('the decision as one picture', () => {
  it('has what was claimed or reported, and what is measured with its interval', () => {
    const [json, memory] = picture.options;
    expect(json).toMatchObject({ claim: null, reportedMs: 806, measuredMs: expect.closeTo(600, -1) });
    expect(memory).toMatchObject({ claim: { lowMs: 5, highMs: 15 }, reportedMs: null });
    for (const { measuredMs, interval } of picture.options) {
      expect(interval?.lowMs).toBeLessThanOrEqual(measuredMs ?? 0);
      expect(interval?.highMs).toBeGreaterThanOrEqual(measuredMs ?? Number.POSITIVE_INFINITY);
    }
  });

  it('has room for all of it on an axis of powers of ten, the target included', () => {
    const limited = {
      ...experiment,
      scenario: { ...experiment.scenario, thresholds: { http_req_duration: ['p(95)<0.5'] } },
    };
    const { targetMs, ticksMs } = decisionPicture(limited, optionResults(limited, []));
    expect([targetMs, ticksMs]).toEqual([0.5, [0.1, 1, 10, 100, 1_000]]);
    expect([0.1, 10, 1_000, 0, 5_000].map((valueMs) => placeOn(ticksMs, valueMs))).toEqual([
      expect.closeTo(0),
      expect.closeTo(0.5),
      expect.closeTo(1),
      0,
      1,
    ]);
  });

  it('has room for the intervals of all capacities', () => {
    const [json] = optionResults(experiment, []);
    if (!json) throw new Error('no option');
    const found = {
      rate: 5_000,
      low: 4_800,
      high: 9_000,
      atLeast: false,
      limitedBy: 'target-cpu',
      variant: 0,
      runId: '',
    } as const;
    const least = { ...found, rate: 12_000, low: null, high: null, atLeast: true };
    const mostRate = (...capacities: (typeof json)['capacity'][]): number =>
      decisionPicture(
        experiment,
        capacities.map((capacity) => ({ ...json, capacity })),
      ).mostRate;
    expect(mostRate(found, null)).toBe(9_000);
    expect(mostRate(found, least)).toBe(12_000);
    expect(mostRate(null, { ...found, rate: null })).toBe(1);
  });

  it('stands before anything is measured', () => {
    const none = { ...experiment, runs: [] };
    const { options } = decisionPicture(none, optionResults(none, []));
    expect(options.map(({ measuredMs, interval }) => [measuredMs, interval])).toEqual([
      [null, null],
      [null, null],
    ]);
  });
});
