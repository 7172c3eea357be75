import { expect, it } from 'vitest';
import { formatCapacity } from './describeCapacity';

it('says of a capacity that ended where the generator did that it is at least that', () => {
  expect(formatCapacity({ rate: 131.07, atLeast: true })).toBe('≥\u00a0131 req/s');
  expect(formatCapacity({ rate: 1_905.6, atLeast: false })).toBe('1,906 req/s');
  expect(formatCapacity({ rate: null, atLeast: false })).toBe('–');
  expect(formatCapacity(undefined)).toBe('–');
});
