import { describe, expect, it } from 'vitest';
import { severalScenarios } from '../../../tests/support/severalScenarios';
import { throughputChart } from './runCharts';

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
