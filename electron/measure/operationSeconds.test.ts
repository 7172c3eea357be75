import { expect, it } from 'vitest';
import { histogramOfMs } from '../../tests/support/factories';
import { operationSeconds } from './operationSeconds';

it('has each operation second by second, with the P95 of that second alone', () => {
  const row = (t: number, operation: string, ...latenciesMs: number[]) => ({
    t,
    operation,
    histogram: histogramOfMs(...latenciesMs).toSparse(),
  });
  const [read, write] = operationSeconds([
    row(2, 'read', 4),
    row(1, 'read', 1, 2, 3),
    row(2, 'write', 40),
    row(3, 'write'),
  ]);
  expect(read?.operation).toBe('read');
  expect(read?.seconds.map(({ t, count }) => [t, count])).toEqual([
    [1, 3],
    [2, 1],
  ]);
  expect(read?.seconds[0]?.p95Ms).toBeCloseTo(3, 1);
  expect(read?.seconds[1]?.p95Ms).toBeCloseTo(4, 1);
  expect(write).toMatchObject({ operation: 'write', seconds: [{ t: 2, count: 1 }] });
});

it('has operations of one name together, with the P95 of all their requests', () => {
  const row = (operation: string, ...latenciesMs: number[]) => ({
    t: 1,
    operation,
    histogram: histogramOfMs(...latenciesMs).toSparse(),
  });
  const scenarios = new Map([
    ['look', 'browse'],
    ['find', 'browse'],
    ['pay', 'buy'],
  ]);
  const rows = [
    row('look', ...Array.from({ length: 15 }, () => 1)),
    row('find', 5, 6, 7, 8, 9),
    row('pay', 20),
    row('x', 3),
  ];
  const [browse, buy, ...others] = operationSeconds(rows, (operation) => scenarios.get(operation));
  expect(browse).toMatchObject({ operation: 'browse', seconds: [{ t: 1, count: 20 }] });
  // The 19th of 20 requests.
  expect(browse?.seconds[0]?.p95Ms).toBeCloseTo(8, 1);
  expect(buy).toMatchObject({ operation: 'buy', seconds: [{ t: 1, count: 1 }] });
  expect(others).toEqual([]);
});

it('has none of a run whose response times were not kept', () => {
  expect(operationSeconds([])).toEqual([]);
});
