import { describe, expect, it } from 'vitest';
import { level, runInterval } from '../../../tests/support/factories';
import { severalScenarios } from '../../../tests/support/severalScenarios';
import { errorChart, failedAfterLoad, throughputChart, titleWithNote } from './runCharts';

const keysOf = (load: Parameters<typeof throughputChart>[0]) => throughputChart(load).series.map(({ key }) => key);

describe('the chart of the throughput', () => {
  it('has the rate that was asked for where each of several scenarios has a schedule', () => {
    const rate = { executor: 'constant-arrival-rate', rate: 5, duration: '4s' };
    const scenarios = [
      { name: 'browse', journeys: ['look', 'find'], ...rate },
      { name: 'buy', journeys: ['order'], ...rate },
    ];
    expect(keysOf(severalScenarios({ load: { executor: 'scenarios', scenarios } }).load)).toHaveLength(2);
    // Users begin when they are ready: for them no rate is asked for.
    expect(keysOf(severalScenarios().load)).toHaveLength(1);
  });
});

describe('the chart of errors', () => {
  const { load } = level('level-0');
  const failing = (t: number, failed: number, isDraining = false) =>
    runInterval({ t, failed, isDraining, errors: { timeout: failed } });

  it('says how many requests failed after the load, with which it ends', () => {
    const note = failedAfterLoad({ load }, [failing(1, 2), failing(2, 1_200, true), failing(3, 34, true)]);
    expect(note).toBe('1,234 more failed after the end of the load');
    expect(titleWithNote(errorChart(['timeout'], note))).toBe(`Errors by kind (${note})`);
  });

  it('says nothing where all failed during the load', () => {
    expect(failedAfterLoad({ load }, [failing(1, 2), failing(2, 0, true)])).toBeUndefined();
    expect(titleWithNote(errorChart(['timeout'], undefined))).toBe('Errors by kind');
  });
});
