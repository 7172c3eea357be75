import { describe, expect, it } from 'vitest';
import { slowRequest } from '../../tests/support/factories';
import { secondOf, slowestKept, slowestOf } from './slowRequest';

describe('the slowest requests of several processes', () => {
  it('are as many as one keeps, of each operation by itself', () => {
    const reads = Array.from({ length: slowestKept }, (_, place) => slowRequest({ durationMs: 2 * place + 1 }));
    const others = Array.from({ length: slowestKept }, (_, place) => slowRequest({ durationMs: 2 * place + 2 }));
    const write = slowRequest({ operation: 'write', durationMs: 0.5 });
    const slowest = slowestOf([...reads, write, ...others]);
    expect(slowest.map(({ operation, durationMs }) => [operation, durationMs])).toEqual([
      ...Array.from({ length: slowestKept }, (_, place) => ['read', 2 * slowestKept - place]),
      ['write', 0.5],
    ]);
  });
});

it.each([
  [0, 0, 1],
  [0, 1_000, 1],
  [990, 11, 2],
  [97_300, 700, 98],
])('a request that began at %d ms and took %d ms ended in second %d', (startMs, durationMs, second) => {
  expect(secondOf({ startMs, durationMs })).toBe(second);
});
