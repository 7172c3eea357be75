import { describe, expect, it } from 'vitest';
import { runInterval } from '../../../tests/support/factories';
import type { OperationSeconds } from '../../run/operationSeconds';
import { heaviestOperations, mostCharted, operationCharts, placedScenarios, toggleOperation } from './operationCharts';

const of = (operation: string, count: number): OperationSeconds => ({
  operation,
  seconds: [{ t: 2, count, p95Ms: 10 * count }],
});

describe('the charts of operations', () => {
  const [p95, rate] = operationCharts([of('login', 3), of('search', 1), of('pay', 5)], ['login', undefined, 'pay']);

  it('have a line for each that is chosen, in the colour of its place, the same in both', () => {
    expect(p95?.series.map(({ name, tone }) => [name, tone])).toEqual([
      ['login', 'operation-0'],
      ['pay', 'operation-2'],
    ]);
    expect(rate?.series.map(({ name, tone }) => [name, tone])).toEqual(
      p95?.series.map(({ name, tone }) => [name, tone]),
    );
  });

  it('say what their lines are', () => {
    const titles = (by?: 'scenario') => operationCharts([], [], by).map(({ title }) => title);
    expect([titles(), titles('scenario')]).toEqual([
      ['P95 by operation', 'Rate by operation'],
      ['P95 by scenario', 'Rate by scenario'],
    ]);
  });

  it('have the P95 and the rate of each second', () => {
    const second = runInterval({ t: 2 });
    expect(p95?.series.map(({ value }) => value(second))).toEqual([30, 50]);
    expect(rate?.series.map(({ value }) => value(second))).toEqual([3, 5]);
  });

  it('have no P95 of a second without a successful request, and a rate of 0', () => {
    const second = runInterval({ t: 1 });
    expect(p95?.series[0]?.value(second)).toBeNull();
    expect(rate?.series[0]?.value(second)).toBe(0);
  });

  it('have nothing of the warm-up, of which nothing is known', () => {
    const warmup = { ...runInterval(), t: -1 };
    expect([p95, rate].map((chart) => chart?.series[0]?.value(warmup))).toEqual([null, null]);
  });
});

it('shows the operations with the most requests, in their order', () => {
  const all = Array.from({ length: mostCharted + 2 }, (_, place) => of(`step ${place}`, place));
  expect(heaviestOperations(all)).toEqual(['step 2', 'step 3', 'step 4', 'step 5', 'step 6', 'step 7']);
});

it('has free places where there are fewer operations', () => {
  expect(heaviestOperations([of('login', 1)])).toEqual([
    'login',
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

it('scenarios have the places of their file, also beside one that measured nothing', () => {
  const all = [of('buy', 9), of('browse', 1)];
  expect(placedScenarios(['look', 'browse', 'buy'], all).slice(0, 4)).toEqual([undefined, 'browse', 'buy', undefined]);
  const names = Array.from({ length: mostCharted + 1 }, (_, place) => `scenario ${place}`);
  const many = names.map((name, place) => of(name, place));
  expect(placedScenarios(names, many)).toEqual(heaviestOperations(many));
});

describe('an operation that is shown or hidden', () => {
  it('leaves the others their colours, and takes the first that is free', () => {
    const without = toggleOperation(['a', 'b', 'c'], 'b');
    expect(without).toEqual(['a', undefined, 'c']);
    expect(toggleOperation(without, 'd')).toEqual(['a', 'd', 'c']);
  });

  it('is not shown where no colour is free', () => {
    expect(toggleOperation(['a', 'b', 'c'], 'd')).toEqual(['a', 'b', 'c']);
  });
});
